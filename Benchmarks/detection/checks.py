"""Check digits of identifiers, each as its standard gives it."""

ALPHABET_31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def resident(body):
    """GB 11643-1999: ISO 7064 MOD 11-2 of 17 digits."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


def luhn(body):
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def credit_code(body):
    """GB 32100-2015: 17 characters, weights 3^i mod 31."""
    total = sum(ALPHABET_31.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return ALPHABET_31[-total % 31]


def organization(body):
    """GB 11714-1997: eight digits or letters."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2)))
    return "0123456789X0"[11 - total % 11] if total % 11 else "0"


def mod_11_10(body):
    """ISO 7064 MOD 11,10, the last digit of old business licenses and of German tax numbers."""
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def mod_97(text):
    """ISO 7064 MOD 97-10: the two check digits that go behind text (letters count 10 to 35)."""
    return f"{98 - int(''.join(str(int(letter, 36)) for letter in text + '00')) % 97:02}"


def hong_kong(letters, digits):
    values = [36] * (2 - len(letters)) + [ord(letter) - 55 for letter in letters] + [int(digit) for digit in digits]
    return "0123456789A"[-sum(value * weight for value, weight in zip(values, range(9, 1, -1))) % 11]


TAIWAN = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}


def taiwan(letter, digits):
    first, second = divmod(TAIWAN[letter], 10)
    total = first + second * 9 + sum(int(digit) * weight for digit, weight in zip(digits, range(8, 0, -1)))
    return str(-total % 10)


def vin(body):
    """GB 16735: place 9 of 17; body has 16 characters without it."""
    values = dict(zip("ABCDEFGH", range(1, 9))) | dict(zip("JKLMN", range(1, 6))) | {"P": 7, "R": 9} | dict(zip("STUVWXYZ", range(2, 10))) | {str(digit): digit for digit in range(10)}
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2)
    return "0123456789X"[sum(values[letter] * weight for letter, weight in zip(body, weights)) % 11]


def mrz(text):
    """ICAO 9303: weights 7 3 1; < counts 0."""
    return str(sum((0 if letter == "<" else int(letter, 36)) * (7, 3, 1)[place % 3] for place, letter in enumerate(text)) % 10)


def patent(body):
    """ZC 0006-2003: twelve digits, weights 2 to 9 and 2 to 5."""
    return "0123456789X"[sum(int(digit) * weight for digit, weight in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5))) % 11]


def base58(payload):
    """Base58Check, as bitcoin writes addresses and keys."""
    from hashlib import sha256
    data = payload + sha256(sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bech32(prefix, version, program):
    """BIP 173 (version 0 only)."""
    bits = "".join(f"{byte:08b}" for byte in program)
    bits += "0" * (-len(bits) % 5)
    data = [version] + [int(bits[place:place + 5], 2) for place in range(0, len(bits), 5)]
    checksum = 1
    for value in [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix] + data + [0] * 6:
        top, checksum = checksum >> 25, (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            checksum ^= generator if top >> bit & 1 else 0
    checksum ^= 1
    return prefix + "1" + "".join(BECH32[value] for value in data + [checksum >> 5 * (5 - place) & 31 for place in range(6)])


def keccak_256(data):
    """Keccak-f[1600] with Ethereum's padding, for EIP-55; hashlib has only the padding of FIPS 202."""
    def rotate(value, count):
        return (value << count | value >> 64 - count) & (1 << 64) - 1 if count else value
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for place in range(7):
            if register & 1:
                constant |= 1 << (1 << place) - 1
            register = register << 1 ^ (0x171 if register >> 7 & 1 else 0)
        constants.append(constant)
    state = [[0] * 5 for _ in range(5)]
    data = bytearray(data + b"\x01" + bytes(-(len(data) + 1) % 136))
    data[-1] |= 0x80
    for start in range(0, len(data), 136):
        for place in range(17):
            state[place % 5][place // 5] ^= int.from_bytes(data[start + 8 * place:start + 8 * place + 8], "little")
        for constant in constants:
            sums = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
            state = [[state[x][y] ^ sums[x - 1] ^ rotate(sums[(x + 1) % 5], 1) for y in range(5)] for x in range(5)]
            x, y, current = 1, 0, state[1][0]
            for step in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                current, state[x][y] = state[x][y], rotate(current, (step + 1) * (step + 2) // 2 % 64)
            for y in range(5):
                row = [state[x][y] for x in range(5)]
                for x in range(5):
                    state[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
            state[0][0] ^= constant
    return b"".join(state[place % 5][place // 5].to_bytes(8, "little") for place in range(4))


def ethereum(address):
    """EIP-55: 40 hexadecimal digits get upper-case letters where the hash says so."""
    digits = keccak_256(address.encode()).hex()
    return "".join(letter.upper() if int(digit, 16) >= 8 else letter for letter, digit in zip(address, digits))


BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def github(body):
    """The last six characters of GitHub's tokens: CRC32 in base 62."""
    from zlib import crc32
    number, text = crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        text = BASE62[digit] + text
    return text.rjust(6, "0")
