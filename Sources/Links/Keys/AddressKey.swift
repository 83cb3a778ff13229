import Domain

/// IPv4 and IPv6 addresses, without those that every host or every site has.
enum AddressKey {
    static func read(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        let text = KeyText.trimmed(text)
        guard let address = parse(text) else { return }
        switch standing(address) {
        case .failure(let reason): sink.refuse(.address, reason.reason, text)
        case .success(let strength):
            var spelled = address.description
            spelled.withUTF8 { sink.take(.address, role, strength, $0) }
        }
    }

    /// An address, with the length of its network cut off; IPv4 inside IPv6 is IPv4.
    static func parse(_ text: Bytes) -> NetworkAddress? {
        let end = text.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") } ?? text.endIndex
        let text = Bytes(rebasing: text[..<end])
        guard (2...45).contains(text.count) else { return nil }
        if let bits = ipv4(text) { return .ipv4(bits) }
        guard text.contains(UInt8(ascii: ":")),
            case .ipv6(let groups)? = NetworkAddress(String(decoding: text, as: UTF8.self))
        else { return nil }
        let isMapped = groups[..<5].allSatisfy { $0 == 0 } && groups[5] == 0xFFFF
        return isMapped ? .ipv4(UInt32(groups[6]) << 16 | UInt32(groups[7])) : .ipv6(groups)
    }

    private static func ipv4(_ text: Bytes) -> UInt32? {
        guard (7...15).contains(text.count) else { return nil }
        var (bits, part, digits, parts) = (UInt32(0), UInt32(0), 0, 0)
        for byte in text {
            if KeyText.isDigit(byte) {
                part = part * 10 + UInt32(byte - 48)
                digits += 1
                if digits > 3 || part > 255 { return nil }
            } else {
                guard byte == UInt8(ascii: "."), digits > 0 else { return nil }
                bits = bits << 8 | part
                (part, digits, parts) = (0, 0, parts + 1)
            }
        }
        return parts == 3 && digits > 0 ? bits << 8 | part : nil
    }

    struct Refused: Error {
        let reason: KeyRefusal
    }

    /// How much an address says; one of a private range is used at many sites.
    static func standing(_ address: NetworkAddress) -> Result<KeyStrength, Refused> {
        switch address {
        case .mac: .failure(Refused(reason: .placeholder))
        case .ipv4(let bits): standing(bits)
        case .ipv6(let groups): standing(groups)
        }
    }

    /// What boxes have when they are unpacked.
    private static let defaults: Set<UInt32> = [
        0xC0A8_0001, 0xC0A8_00FE, 0xC0A8_0101, 0xC0A8_01FE, 0xC0A8_0201, 0xC0A8_0A01, 0xC0A8_5801,
        0xC0A8_6401,
        0xC0A8_0064, 0xC0A8_0114, 0xC0A8_B201, 0xC0A8_7A01, 0x0A00_0001, 0x0A00_0002, 0x0A01_0101,
        0xAC11_0001,
    ]

    private static func standing(_ bits: UInt32) -> Result<KeyStrength, Refused> {
        if defaults.contains(bits) { return .failure(Refused(reason: .factoryDefault)) }
        switch bits >> 24 {
        case 0: return .failure(Refused(reason: .placeholder))
        case 127: return .failure(Refused(reason: .loopback))
        case 224...: return .failure(Refused(reason: bits == .max ? .broadcast : .group))
        default: break
        }
        if bits >> 16 == 0xA9FE { return .failure(Refused(reason: .linkLocal)) }
        let isPrivate =
            bits >> 24 == 10 || bits >> 20 == 0xAC1 || bits >> 16 == 0xC0A8 || bits >> 22 == 0x191
        return .success(isPrivate ? .weak : .strong)
    }

    private static func standing(_ groups: [UInt16]) -> Result<KeyStrength, Refused> {
        if groups.dropLast().allSatisfy({ $0 == 0 }) {
            return .failure(Refused(reason: groups[7] == 1 ? .loopback : .placeholder))
        }
        if groups[0] & 0xFFC0 == 0xFE80 { return .failure(Refused(reason: .linkLocal)) }
        if groups[0] >> 8 == 0xFF { return .failure(Refused(reason: .group)) }
        return .success(groups[0] & 0xFE00 == 0xFC00 ? .weak : .strong)
    }
}
