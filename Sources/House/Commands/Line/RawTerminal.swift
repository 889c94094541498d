import Foundation

/// The terminal's raw mode: keys come one by one and unechoed, Ctrl-C is a key. The one place of this room that needs `unsafe`: termios and the window's size are C structures.
struct RawTerminal: Sendable {
    private let saved: termios

    /// The present settings; nil unless standard input and output are both a terminal.
    init?() {
        var settings = termios()
        guard isatty(0) == 1, isatty(1) == 1, unsafe tcgetattr(0, &settings) == 0 else { return nil }
        saved = settings
    }

    /// Switches to raw mode; output is still processed, so that a line feed begins a line.
    func enter() {
        var raw = saved
        unsafe cfmakeraw(&raw)
        raw.c_oflag = saved.c_oflag
        unsafe _ = tcsetattr(0, TCSADRAIN, &raw)
    }

    /// Back to the settings found. Harmless when they are in force, and from any thread.
    func restore() {
        var settings = saved
        unsafe _ = tcsetattr(0, TCSADRAIN, &settings)
    }

    /// Columns of the window; 80 where the terminal does not say.
    static var columns: Int {
        var size = winsize()
        guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
