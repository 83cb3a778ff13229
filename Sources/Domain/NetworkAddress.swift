/// A MAC, IPv4 or IPv6 address, whatever notation it was written in.
public enum NetworkAddress: Hashable, Sendable {
    /// The 48 bits of a MAC address.
    case mac(UInt64)
    /// The 32 bits of an IPv4 address.
    case ipv4(UInt32)
    /// The eight groups of an IPv6 address.
    case ipv6([UInt16])

    /// Reads an address, whole: `00:16:3e:12:34:56`, `0:16:3e:12:34:56`, `00-16-3E-12-34-56`, `0016.3e12.3456`,
    /// `00163e-123456`, `00163e123456`, `192.0.2.1`, `2001:db8::1`, `::ffff:192.0.2.1`.
    ///
    /// Nil for anything else, a network with its length included.
    public init?(_ text: some StringProtocol) {
        let text = text.lowercased()
        guard text.utf8.count <= 45, text.utf8.allSatisfy({ Self.isPart($0) }) else { return nil }
        if let bits = Self.ipv4(text) {
            self = .ipv4(bits)
        } else if let bits = Self.mac(text) {
            self = .mac(bits)
        } else if let groups = Self.ipv6(text) {
            self = .ipv6(groups)
        } else {
            return nil
        }
    }

    /// Whether a byte may stand in an address.
    static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func ipv4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        guard parts.count == 4, bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Groups of equal length between one kind of separator, which make 12 digits; only single bytes may lack a zero.
    private static func mac(_ text: String) -> UInt64? {
        for separator: Character in [":", "-", "."] where text.contains(separator) {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard [2, 3, 6].contains(parts.count) else { return nil }
            let width = 12 / parts.count
            var bits: UInt64 = 0
            for part in parts {
                let isWhole = part.count == width || (width == 2 && part.count == 1)
                guard isWhole, part.allSatisfy(\.isHexDigit), let value = UInt64(part, radix: 16) else {
                    return nil
                }
                bits = bits << UInt64(width * 4) | value
            }
            return bits
        }
        return text.count == 12 ? UInt64(text, radix: 16) : nil
    }

    private static func ipv6(_ text: String) -> [UInt16]? {
        guard text.contains(":"), !text.contains("-") else { return nil }
        var text = text
        // The last 32 bits may stand as IPv4.
        if text.contains(".") {
            guard let colon = text.lastIndex(of: ":"),
                let bits = ipv4(String(text[text.index(after: colon)...]))
            else { return nil }
            text = "\(text[...colon])\(String(bits >> 16, radix: 16)):\(String(bits & 0xFFFF, radix: 16))"
        }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false).map(groups)
        switch halves.count {
        case 1: return halves[0]?.count == 8 ? halves[0] : nil
        case 2:
            guard let front = halves[0], let back = halves[1], front.count + back.count < 8 else {
                return nil
            }
            return front + Array(repeating: 0, count: 8 - front.count - back.count) + back
        default: return nil
        }
    }

    /// The groups between colons; none for nothing, nil for what is no group.
    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let groups = parts.compactMap {
            $0.count <= 4 && $0.allSatisfy(\.isHexDigit) ? UInt16($0, radix: 16) : nil
        }
        return groups.count == parts.count ? groups : nil
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// As it is usually written: `00:16:3e:12:34:56`, `192.0.2.1`, `2001:db8::1`.
    public var description: String {
        switch self {
        case .mac(let bits):
            let digits = Self.digits(bits, 12)
            return stride(from: 0, to: 12, by: 2).map { String(digits.dropFirst($0).prefix(2)) }
                .joined(separator: ":")
        case .ipv4(let bits):
            return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
        case .ipv6(let groups): return Self.text(groups)
        }
    }

    /// The digits of a MAC with nothing between them; nil for others.
    public var bareMAC: String? {
        if case .mac(let bits) = self { Self.digits(bits, 12) } else { nil }
    }

    private static func digits(_ bits: UInt64, _ count: Int) -> String {
        let text = String(bits, radix: 16)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    /// The longest run of zeros, of at least two groups, stands as two colons.
    private static func text(_ groups: [UInt16]) -> String {
        var best = 0..<0
        var start = 0
        for place in 0...groups.count where place == groups.count || groups[place] != 0 {
            if place - start > max(1, best.count) { best = start..<place }
            start = place + 1
        }
        let words = groups.map { String($0, radix: 16) }
        if best.isEmpty { return words.joined(separator: ":") }
        return words[..<best.lowerBound].joined(separator: ":") + "::"
            + words[best.upperBound...].joined(separator: ":")
    }
}
