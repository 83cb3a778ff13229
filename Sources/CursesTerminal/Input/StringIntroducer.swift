internal import Canvas

/// The byte behind an escape byte that begins a string of the terminal, or is a key that was typed with Alt.
struct StringIntroducer {
    /// One of `]` (OSC), `P` (DCS), `_` (APC), `^` (PM) and `X` (SOS).
    var byte: UInt8
    /// Alt, or none where the Esc before it was decided already.
    var modifiers: Key.Modifiers

    /// Begins with a byte; nil for one that begins no string.
    init?(_ byte: UInt8) {
        guard "]P_^X".utf8.contains(byte) else { return nil }
        self.byte = byte
        modifiers = .alt
    }

    /// Begins behind an Esc that was decided; nil for a byte that begins nothing that terminals send by themselves.
    init?(late byte: UInt8) {
        guard "]P_".utf8.contains(byte) else { return nil }
        self.byte = byte
        modifiers = []
    }

    /// The key, if that is what it was.
    var key: Key { Key(.character(Character(Unicode.Scalar(byte))), modifiers) }

    /// Whether a string goes on with this byte.
    ///
    /// - Parameter isFast: whether it came as fast as no one types.
    func isString(followedBy next: UInt8, isFast: Bool) -> Bool {
        if isFast, modifiers.contains(.alt) { return next >= 0x20 && next != 0x7F || next == 0x07 }
        // What terminals answer begins with a number or a title, with a parameter, with kitty's G.
        return switch byte {
        case UInt8(ascii: "]"): (0x30...0x39).contains(next) || "lLI".utf8.contains(next)
        case UInt8(ascii: "P"): (0x20...0x3F).contains(next)
        case UInt8(ascii: "_"): next == UInt8(ascii: "G")
        default: false
        }
    }
}
