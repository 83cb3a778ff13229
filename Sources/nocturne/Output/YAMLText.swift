import JSON

/// Texts as YAML reads them back: by version 1.1, which most readers keep to, as by 1.2.
enum YAMLText {
    /// Words that mean something else than themselves, in some version.
    private static let taken: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// Writes a text as it is where nobody can take it for anything else, else in quotes as JSON writes it.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        if isPlain(text) {
            bytes.append(contentsOf: text)
        } else {
            // What is no character at all is allowed in JSON and not in YAML.
            bytes.append(
                contentsOf: JSONTree.string(String(decoding: text, as: UTF8.self)).text
                    .replacing("\u{FFFE}", with: "\\uFFFE").replacing("\u{FFFF}", with: "\\uFFFF").utf8)
        }
    }

    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, isLetter(first) else { return false }
        let isWord = text.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
        }
        return isWord
            && !(text.count < 6 && taken.contains(String(decoding: text, as: UTF8.self).lowercased()))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
    }
}
