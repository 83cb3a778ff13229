internal import Domain

/// The order in which people expect names: numbers by their value, letters in any case, so `Gi0/2` before `Gi0/10`.
public enum NaturalOrder {
    /// Whether a text stands before another; what reads alike stands in the order of its bytes.
    public static func precedes(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
        let first = key(a)
        let second = key(b)
        return first == second
            ? a.utf8.lexicographicallyPrecedes(b.utf8) : first.lexicographicallyPrecedes(second)
    }

    /// Bytes that stand in the natural order when they are compared one by one.
    public static func key(_ text: some StringProtocol) -> [UInt8] {
        var key: [UInt8] = []
        var text = String(text)
        text.withUTF8 { appendKey(of: $0, to: &key) }
        return key
    }

    /// Letters are folded; a number becomes a `0`, its count of digits and its digits, so that longer is larger; no
    /// byte of it is zero.
    static func appendKey(of utf8: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        if utf8.count <= most, Folding.isASCII(utf8) { return appendKey(ofASCII: utf8, to: &key) }
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            if isDigit(byte) {
                while index + 1 < utf8.count, utf8[index] == 48, isDigit(utf8[index + 1]) { index += 1 }
                let start = index
                while index < utf8.count, isDigit(utf8[index]) { index += 1 }
                key.append(48)
                var digits = index - start
                while digits > 254 {
                    key.append(255)
                    digits -= 254
                }
                key.append(UInt8(digits))
                key.append(contentsOf: utf8[start..<index])
            } else {
                let start = index
                while index < utf8.count, !isDigit(utf8[index]) { index += 1 }
                Folding.fold(UnsafeBufferPointer(rebasing: utf8[start..<index]), into: &key)
            }
        }
    }

    /// With fewer digits than one byte counts, each costs two bytes more at the most.
    private static let most = 254

    /// The same of plain text, without asking for room byte by byte: names of ports mostly are.
    private static func appendKey(ofASCII utf8: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: utf8.count * 3) { bytes in
            var (index, count) = (0, 0)
            while index < utf8.count {
                let byte = utf8[index]
                guard isDigit(byte) else {
                    bytes[count] = byte &- 65 < 26 ? byte | 0x20 : byte
                    count += 1
                    index += 1
                    continue
                }
                while index + 1 < utf8.count, utf8[index] == 48, isDigit(utf8[index + 1]) { index += 1 }
                let place = count
                bytes[place] = 48
                count += 2
                while index < utf8.count, isDigit(utf8[index]) {
                    bytes[count] = utf8[index]
                    count += 1
                    index += 1
                }
                bytes[place + 1] = UInt8(count - place - 2)
            }
            key.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<count]))
        }
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
}
