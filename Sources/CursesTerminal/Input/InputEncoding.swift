internal import CNcurses

/// How the terminal writes characters.
enum InputEncoding: Sendable, Hashable {
    case utf8
    /// One byte each; nil for a byte that is no character.
    case bytes([Unicode.Scalar?])

    /// The one of the locale that was set.
    static func ofLocale(isUnicode: Bool) -> InputEncoding {
        if isUnicode { return .utf8 }
        return .bytes(
            (UInt8.min...UInt8.max).map { UInt32(exactly: nc_scalar($0)).flatMap(Unicode.Scalar.init) })
    }

    /// A whole text.
    func text(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .bytes(let table):
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(table[Int(byte)] ?? "\u{FFFD}") }
            return String(text)
        }
    }
}

/// A character in UTF-8, byte by byte.
struct UTF8Character: Hashable {
    private var value: UInt32
    private var missing: Int
    private let smallest: UInt32

    /// What a byte leads to.
    enum Step: Hashable {
        case more
        case scalar(Unicode.Scalar)
        /// The byte is no part of it.
        case foreign
        /// It is complete and no character.
        case broken
    }

    /// Begins with the first byte; nil when no character of several bytes begins with it.
    init?(_ first: UInt8) {
        switch first {
        case 0xC2...0xDF: (value, missing, smallest) = (UInt32(first & 0x1F), 1, 0x80)
        case 0xE0...0xEF: (value, missing, smallest) = (UInt32(first & 0x0F), 2, 0x800)
        case 0xF0...0xF4: (value, missing, smallest) = (UInt32(first & 0x07), 3, 0x10000)
        default: return nil
        }
    }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) -> Step {
        guard byte & 0xC0 == 0x80 else { return .foreign }
        value = value << 6 | UInt32(byte & 0x3F)
        missing -= 1
        if missing > 0 { return .more }
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return .broken }
        return .scalar(scalar)
    }
}
