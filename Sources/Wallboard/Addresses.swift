/// Finds IP and MAC addresses in texts.
enum Addresses {
    /// A text with `x` in place of every digit and letter of an address, so that one still sees that it was one.
    static func hidden(in text: String) -> String {
        var bytes = Array(text.utf8)
        var place = 0
        while place < bytes.count {
            guard isPart(bytes[place]) else {
                place += 1
                continue
            }
            var end = place
            while end < bytes.count, isPart(bytes[end]) { end += 1 }
            hide(&bytes, place..<end)
            place = end
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The characters that words with addresses are made of.
    private static func isPart(_ byte: UInt8) -> Bool {
        isWord(byte) || byte == dot || byte == colon || byte == hyphen
    }

    private static let dot = UInt8(ascii: "."), colon = UInt8(ascii: ":"), hyphen = UInt8(ascii: "-")

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
            || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "f")
    }

    /// Hides every address that begins anywhere in a word, the longest first.
    private static func hide(_ bytes: inout [UInt8], _ word: Range<Int>) {
        var place = word.lowerBound
        while place < word.upperBound {
            let isStart = place == word.lowerBound || !isWord(bytes[place - 1])
            guard isStart, let end = end(of: bytes, place..<word.upperBound) else {
                place += 1
                continue
            }
            for index in place..<end where isHex(bytes[index]) { bytes[index] = UInt8(ascii: "x") }
            place = end
        }
    }

    /// Where an address that begins at a place ends.
    private static func end(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
        [mac(bytes, range), ciscoMac(bytes, range), version6(bytes, range), version4(bytes, range)]
            .compactMap { $0 }.filter { $0 == range.upperBound || !isWord(bytes[$0]) }.max()
    }

    /// Six pairs with one sign between them: `00:1b:21:3c:4d:5e`.
    private static func mac(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        groups(bytes, range, count: 6, of: 2...2, isHex) { $0 == colon || $0 == hyphen }
    }

    /// Three groups of four: `001b.213c.4d5e`.
    private static func ciscoMac(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        groups(bytes, range, count: 3, of: 4...4, isHex) { $0 == dot }
    }

    /// Four numbers: `192.0.2.7`.
    private static func version4(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        groups(bytes, range, count: 4, of: 1...3, isDigit) { $0 == dot }
    }

    private static func groups(
        _ bytes: [UInt8], _ range: Range<Int>, count: Int, of length: ClosedRange<Int>,
        _ isInside: (UInt8) -> Bool, between isSeparator: (UInt8) -> Bool
    ) -> Int? {
        var place = range.lowerBound
        for group in 0..<count {
            if group > 0 {
                guard place < range.upperBound, isSeparator(bytes[place]) else { return nil }
                place += 1
            }
            var end = place
            while end < range.upperBound, isInside(bytes[end]) { end += 1 }
            guard length.contains(end - place) else { return nil }
            place = end
        }
        return place
    }

    /// Eight groups of hexadecimal digits with colons, or fewer with `::` for those left out: `2001:db8::7`.
    private static func version6(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var place = range.lowerBound
        var groups = 0
        var isShort = false
        while place < range.upperBound {
            var end = place
            while end < range.upperBound, isHex(bytes[end]) { end += 1 }
            if end > place {
                guard end - place <= 4 else { break }
                groups += 1
            }
            // An address of the older version may stand at its end.
            if end < range.upperBound, bytes[end] == dot, isShort || groups >= 6,
                let whole = version4(bytes, place..<range.upperBound)
            {
                return whole
            }
            place = end
            guard place < range.upperBound, bytes[place] == colon, groups < 8 else { break }
            let isDouble = place + 1 < range.upperBound && bytes[place + 1] == colon
            if isDouble {
                if isShort { break }
                isShort = true
                place += 2
            } else {
                // A colon behind the last group is none of the address.
                guard place + 1 < range.upperBound, isHex(bytes[place + 1]) else { break }
                place += 1
            }
        }
        return groups == 8 || isShort && groups > 0 ? place : nil
    }
}
