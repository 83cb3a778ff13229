/// Hardware addresses in all spellings, without those that say nothing of who has them.
enum MACKey {
    static func read(_ text: Bytes, _ role: KeyRole, _ sink: inout some KeySink) {
        let text = KeyText.trimmed(text)
        guard let bits = bits(text) else { return }
        if let reason = refusal(bits) { return sink.refuse(.mac, reason, text) }
        // Whoever makes up an address, as virtual machines do, may make up one that is taken.
        let strength: KeyStrength = bits >> 41 & 1 == 1 ? .weak : .strong
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 12) { digits in
            for place in 0..<12 {
                let digit = UInt8(truncatingIfNeeded: bits >> UInt64(44 - 4 * place) & 0xF)
                digits[place] = digit < 10 ? 48 + digit : 87 + digit
            }
            sink.take(.mac, role, strength, Bytes(digits))
        }
    }

    /// Reads `00:16:3e:12:34:56`, `0:16:3e:12:34:56`, `00-16-…`, `0016.3e12.3456`, `00163e-123456`, `00163e123456`.
    static func bits(_ text: Bytes) -> UInt64? {
        guard (11...17).contains(text.count) else { return nil }
        var (bits, group, digits, groups, width) = (UInt64(0), UInt64(0), 0, 0, 0)
        var separator: UInt8?
        for byte in text {
            if let digit = KeyText.hex(byte) {
                group = group << 4 | digit
                digits += 1
                if digits > 12 { return nil }
            } else {
                guard byte == 58 || byte == 45 || byte == 46, separator ?? byte == byte, digits > 0 else {
                    return nil
                }
                separator = byte
                if groups == 0 { width = max(digits, 2) }
                guard digits == width || width == 2 && digits == 1 else { return nil }
                bits = bits << UInt64(4 * width) | group
                (group, digits, groups) = (0, 0, groups + 1)
            }
        }
        if separator == nil { return digits == 12 ? group : nil }
        guard digits == width || width == 2 && digits == 1, (groups + 1) * width == 12,
            [2, 4, 6].contains(width)
        else { return nil }
        return bits << UInt64(4 * width) | group
    }

    /// What examples, boards without a number of their own and old drivers have.
    private static let defaults: Set<UInt64> = [
        0x0011_2233_4455, 0x1122_3344_5566, 0x1234_5678_9ABC, 0x0012_3456_789A, 0x0123_4567_89AB,
        0xAABB_CCDD_EEFF, 0xAABB_CC00_0000, 0x0A0B_0C0D_0E0F, 0xDEAD_BEEF_0000, 0xDEAD_BEEF_CAFE,
        0x0200_0000_0000, 0x0200_0000_0001, 0x0000_0000_0001, 0x2041_5359_4EFF, 0x4445_5354_0000,
        0x0050_C200_0000, 0x00E0_4C00_0000, 0x00E0_4C68_0001, 0x0002_0304_0506, 0x0001_0203_0405,
        0x0010_1820_3040, 0x0090_4C00_0000, 0x000C_4300_0000, 0x000C_4328_8070,
    ]

    private static func refusal(_ bits: UInt64) -> KeyRefusal? {
        if bits == 0 { return .placeholder }
        if bits == 0xFFFF_FFFF_FFFF { return .broadcast }
        if bits >> 40 & 1 == 1 { return .group }
        let octet = bits & 0xFF
        if bits == octet &* 0x0101_0101_0101 { return .placeholder }
        if defaults.contains(bits) { return .factoryDefault }
        switch bits >> 16 {
        // VRRP and CARP for both protocols; HSRP version 2 for IPv6.
        case 0x0000_5E00, 0x0005_73A0: return .virtualRouter
        default: break
        }
        switch bits >> 8 {
        // VRRP, HSRP of both versions, GLBP.
        case 0x0000_5E00_01, 0x0000_5E00_02, 0x0000_0C07_AC, 0x0000_0C9F_F0...0x0000_0C9F_FF,
            0x0007_B400_00...0x0007_B4FF_FF:
            return .virtualRouter
        default: return nil
        }
    }
}
