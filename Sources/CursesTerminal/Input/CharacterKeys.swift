internal import Canvas

/// The keys that characters are typed with.
enum CharacterKeys {
    /// The key of a character; nil for one that no key types.
    static func key(_ scalar: Unicode.Scalar, _ modifiers: Key.Modifiers = []) -> Key? {
        switch scalar.value {
        case 0: Key(.character(" "), modifiers.union(.control))
        case 8, 127: Key(.named(.backspace), modifiers)
        case 9: Key(.named(.tab), modifiers)
        case 10, 13: Key(.named(.enter), modifiers)
        case 27: Key(.named(.escape), modifiers)
        case 1...26:
            Unicode.Scalar(scalar.value + 96).map {
                Key(.character(Character($0)), modifiers.union(.control))
            }
        case 28...31:
            Unicode.Scalar(scalar.value + 64).map {
                Key(.character(Character($0)), modifiers.union(.control))
            }
        case 0x80..<0xA0: nil
        default: Key(.character(Character(scalar)), modifiers)
        }
    }
}
