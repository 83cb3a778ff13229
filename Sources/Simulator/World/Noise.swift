/// Numbers that look random and are a pure function of the seed and of what they are asked for.
///
/// There is no state: the same question has the same answer at any time and in any order, which is what
/// lets the world jump to any moment.
struct Noise: Sendable {
    let seed: UInt64

    /// What a number is for, so that two questions about one thing get unrelated answers.
    enum Topic: UInt64, Sendable {
        case device, model, serial, boot, port, speed, usage, direction, jitter, counter, circuit, customer
        case bill, session, vlan, alias, acknowledgement, words, cut
        case outage, blackout, stumble, reboot, flap, breakage, rush, errors, sensor, service, peering
        case line, household, light, blackPON, power, fibre, absence, dialling, trouble
        case bond, bondPower, leg, legLoss, legFlap, legSick, aggregator, test, update
    }

    /// 64 well mixed bits.
    func bits(_ topic: Topic, _ a: Int, _ b: Int = 0) -> UInt64 {
        var x = seed &+ topic.rawValue &* 0x9E37_79B9_7F4A_7C15
        x = Self.mix(x ^ UInt64(bitPattern: Int64(a)) &* 0xD1B5_4A32_D192_ED03)
        return Self.mix(x ^ UInt64(bitPattern: Int64(b)) &* 0x8CB9_2BA7_2F3D_8DD7)
    }

    /// A number from 0 up to 1.
    func unit(_ topic: Topic, _ a: Int, _ b: Int = 0) -> Double {
        Double(bits(topic, a, b) >> 11) * 0x1p-53
    }

    /// A number of the range, all equally likely.
    func pick(_ range: ClosedRange<Int>, _ topic: Topic, _ a: Int, _ b: Int = 0) -> Int {
        range.lowerBound + Int(bits(topic, a, b) % UInt64(range.count))
    }

    /// One of the elements.
    func pick<Element>(_ elements: [Element], _ topic: Topic, _ a: Int, _ b: Int = 0) -> Element {
        elements[Int(bits(topic, a, b) % UInt64(elements.count))]
    }

    /// True in so many of a thousand cases.
    func chance(_ permille: Int, _ topic: Topic, _ a: Int, _ b: Int = 0) -> Bool {
        Int(bits(topic, a, b) % 1_000) < permille
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var x = value &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
