"""A PostgreSQL server of a benchmark's own: in a temporary folder, on a Unix socket, with fsync; it goes with the benchmark."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile


def programs():
    found = shutil.which("initdb") or next((str(path) for path in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    if not found:
        raise SystemExit("there is no initdb: install postgresql (Debian), or put its bin into PATH")
    return pathlib.Path(found).resolve().parent


class Server:
    def __init__(self, parent=None):
        self.bin = programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="banyan-postgres-", dir=parent))
        # initdb refuses to work for root.
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
            for above in self.folder.parents:
                if not above.stat().st_mode & 0o001:
                    raise SystemExit(f"{above} keeps the user postgres out: name a --folder that does not")
        self.data = self.folder / "data"
        self.call("initdb", "-D", self.data, "-U", "banyan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c max_connections=200"
        self.start()
        self.call("createdb", "-h", self.folder, "-U", "banyan", "banyan")
        self.address = f"postgresql://banyan@/banyan?host={self.folder}"

    def call(self, program, *arguments, check=True):
        return subprocess.run([str(self.bin / program), *map(str, arguments)], check=check, user=self.user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    def start(self):
        self.call("pg_ctl", "-D", self.data, "-l", self.data / "log", "-w", "-t", "60", "-o", self.options, "start")

    def crash(self):
        """Ends the server as a power failure would its processes, and starts it again: it recovers from its log."""
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)
        self.start()

    def query(self, sql):
        return subprocess.run([str(self.bin / "psql"), "-h", str(self.folder), "-U", "banyan", "-d", "banyan", "-Atc", sql], capture_output=True, text=True).stdout.split()

    def kill_backend(self, chance):
        """SIGKILL to the server's process of one connection: the server then ends all others and recovers."""
        backends = self.query("SELECT pid FROM pg_stat_activity WHERE datname = 'banyan' AND pid <> pg_backend_pid()")
        if not backends:
            return False
        try:
            os.kill(int(chance.choice(backends)), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def end_backend(self, chance):
        """Ends one connection, and leaves the others alone."""
        backends = self.query("SELECT pid FROM pg_stat_activity WHERE datname = 'banyan' AND pid <> pg_backend_pid()")
        return bool(backends) and self.query(f"SELECT pg_terminate_backend({chance.choice(backends)})") == ["t"]

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
