/// Whole words of free text that may be the number of a circuit or of a customer.
///
/// Words lie between blanks and brackets. One that is in parts by `/`, `:` and the like is also read part by part, but a
/// part of digits alone says nothing there: it may be a slot, a port or an hour.
enum MentionKeys {
    /// A text with more of them is prose.
    private static let most = 12

    static func read(_ text: Bytes, _ sink: inout some KeySink) {
        guard text.count >= 4, text.contains(where: KeyText.isDigit) else { return }
        var left = most
        each(text, isOuter) { word in
            guard left > 0 else { return }
            let hadPart = word.contains(where: isInner)
            if take(word, digitsCount: true, &sink) { left -= 1 }
            guard hadPart else { return }
            each(word, isInner) { part in
                if left > 0, take(part, digitsCount: false, &sink) { left -= 1 }
            }
        }
    }

    private static func take(_ word: Bytes, digitsCount: Bool, _ sink: inout some KeySink) -> Bool {
        let word = bare(word)
        guard (4...40).contains(word.count), word.contains(where: KeyText.isDigit) else { return false }
        if word.allSatisfy(KeyText.isDigit), !digitsCount { return false }
        KeyText.withLowered(word) { value in
            if !KeyText.isPlaceholder(value) { sink.take(.mention, .mentions, .weak, value) }
        }
        return true
    }

    /// Without what ends a sentence.
    private static func bare(_ word: Bytes) -> Bytes {
        var range = word.indices
        while let last = range.last, isStop(word[last]) { range.removeLast() }
        while let first = range.first, isStop(word[first]) { range.removeFirst() }
        return Bytes(rebasing: word[range])
    }

    private static func each(_ text: Bytes, _ isBetween: (UInt8) -> Bool, _ body: (Bytes) -> Void) {
        var start: Int?
        for place in text.indices {
            if isBetween(text[place]) {
                if let begin = start { body(Bytes(rebasing: text[begin..<place])) }
                start = nil
            } else if start == nil {
                start = place
            }
        }
        if let begin = start { body(Bytes(rebasing: text[begin...])) }
    }

    private static func isOuter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","),
            UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "|"):
            true
        default: false
        }
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
            || byte == UInt8(ascii: "#")
    }

    private static func isStop(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "!")
            || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-")
    }
}
