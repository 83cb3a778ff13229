internal import Canvas

/// The keys that terminals spell alike, whatever their terminfo says: those of xterm and the VT220.
enum StandardKeys {
    private static let letters: [UInt8: Key.Code] = [
        UInt8(ascii: "A"): .named(.up), UInt8(ascii: "B"): .named(.down), UInt8(ascii: "C"): .named(.right),
        UInt8(ascii: "D"): .named(.left), UInt8(ascii: "H"): .named(.home), UInt8(ascii: "F"): .named(.end),
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
        UInt8(ascii: "S"): .function(4),
    ]

    private static let numbers: [Int: Key.Code] = [
        1: .named(.home), 2: .named(.insert), 3: .named(.delete), 4: .named(.end), 5: .named(.pageUp),
        6: .named(.pageDown), 7: .named(.home), 8: .named(.end), 11: .function(1), 12: .function(2),
        13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6), 18: .function(7),
        19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    ]

    /// What the numeric keypad sends behind `ESC O` in its application mode.
    private static let keypad: [UInt8: Key] = [
        UInt8(ascii: "M"): .named(.enter), UInt8(ascii: "I"): .named(.tab),
        UInt8(ascii: " "): .character(" "),
        UInt8(ascii: "X"): .character("="), UInt8(ascii: "j"): .character("*"),
        UInt8(ascii: "k"): .character("+"), UInt8(ascii: "l"): .character(","),
        UInt8(ascii: "m"): .character("-"), UInt8(ascii: "n"): .character("."),
        UInt8(ascii: "o"): .character("/"),
    ]

    /// A key with modifiers, `CSI 1;5A` or `CSI 3;5~`: what terminfo calls by the number of another key (xterm's
    /// shift-F1 is its F13) is the key that was pressed.
    static func modified(_ sequence: ControlSequence) -> Key? {
        guard sequence.marker == nil, !sequence.hasIntermediates, sequence.parameters.count == 2,
            let first = sequence.number(0), let parameter = sequence.number(1), !sequence.isRelease,
            let modifiers = Key.Modifiers(parameter: parameter)
        else { return nil }
        if sequence.final == UInt8(ascii: "~") { return numbers[first].map { Key($0, modifiers) } }
        // Unmodified it is a report of where the cursor is: no terminal writes F3 like this.
        guard first == 1, sequence.final != UInt8(ascii: "R") || !modifiers.isEmpty else { return nil }
        return letters[sequence.final].map { Key($0, modifiers) }
    }

    /// A key without modifiers, `CSI A` or `CSI 3~`.
    static func plain(_ sequence: ControlSequence) -> Key? {
        guard sequence.marker == nil, !sequence.hasIntermediates else { return nil }
        if sequence.final == UInt8(ascii: "~") {
            guard sequence.parameters.count == 1 else { return nil }
            return sequence.number(0).flatMap { numbers[$0] }.map { Key($0) }
        }
        guard sequence.parameters.isEmpty else { return nil }
        if sequence.final == UInt8(ascii: "Z") { return Key(.named(.tab), .shift) }
        return sequence.final == UInt8(ascii: "R") ? nil : letters[sequence.final].map { Key($0) }
    }

    /// What stands behind `ESC O`: a letter, in the old form of xterm with a digit for the modifiers before it.
    static func single(_ bytes: ArraySlice<UInt8>) -> Key? {
        guard let letter = bytes.last else { return nil }
        let digits = bytes.dropLast()
        guard digits.isEmpty else {
            guard digits.count == 1, let digit = digits.first, (0x31...0x39).contains(digit),
                let modifiers = Key.Modifiers(parameter: Int(digit) - 0x30)
            else { return nil }
            return letters[letter].map { Key($0, modifiers) }
        }
        if let code = letters[letter] { return Key(code) }
        if (UInt8(ascii: "p")...UInt8(ascii: "y")).contains(letter) {
            return .character(Character(Unicode.Scalar(letter - UInt8(ascii: "p") + UInt8(ascii: "0"))))
        }
        return keypad[letter]
    }
}

extension ControlSequence {
    /// Whether it says that a key was let go, where a terminal reports that too.
    var isRelease: Bool { part(1, of: 1) == 3 }
}

extension Key.Modifiers {
    /// Reads the parameter that terminals write: one more than the sum of shift 1, alt 2 and control 4.
    ///
    /// Locks do not count; nil for others, such as Super.
    init?(parameter: Int) {
        let locks = 64 | 128
        let bits = (parameter - 1) & ~locks
        guard parameter >= 1, bits <= 7 else { return nil }
        self = []
        if bits & 1 != 0 { insert(.shift) }
        if bits & 2 != 0 { insert(.alt) }
        if bits & 4 != 0 { insert(.control) }
    }
}
