/// What editors, copies and encodings leave around a secret, and nobody sees.
enum InvisibleCharacters {
    /// Whether a character leaves no mark: blanks of every kind, byte order marks, joiners, signs of direction.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
            || properties.generalCategory == .format
    }

    /// A text without such characters at its ends.
    static func trimmed(_ text: String) -> String {
        trimmed(text) { contains($0) }
    }

    /// A text without those of them at its ends that no keyboard types: a blank may belong to a password.
    static func withoutMarks(_ text: String) -> String {
        trimmed(text) { contains($0) && !$0.isASCII }
    }

    private static func trimmed(_ text: String, _ isUnwanted: (Unicode.Scalar) -> Bool) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isUnwanted(first) { scalars.removeFirst() }
        while let last = scalars.last, isUnwanted(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// The first of them that is within a text and is no plain blank, as `U+200B`; nil without one.
    static func hidden(in text: String) -> String? {
        guard let found = text.unicodeScalars.first(where: { contains($0) && !$0.isASCII }) else {
            return nil
        }
        let hex = String(found.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}
