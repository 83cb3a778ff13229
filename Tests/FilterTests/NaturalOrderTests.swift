import Filter
import Testing

@Suite("Natural order")
struct NaturalOrderTests {
    @Test(
        "numbers stand by value and letters in any case",
        arguments: [
            ["", "0", "1", "2", "10", "a"], ["Gi0/2", "gi0/3", "Gi0/10"], ["a", "a1", "a2", "a10", "ab"],
            ["x9y", "x10", "x10y"], ["1.2.3.4", "1.2.10.4", "10.0.0.1"], ["rtr2", "RTR10"],
            ["a b", "a1", "aa"],
            ["v9", "v\(String(repeating: "9", count: 254))", "v1\(String(repeating: "0", count: 254))"],
            ["v1\(String(repeating: "0", count: 507))", "v1\(String(repeating: "0", count: 508))"],
            ["é", "ü"],
        ])
    func order(sorted: [String]) {
        for (index, first) in sorted.enumerated() {
            for second in sorted[index...].dropFirst() {
                #expect(NaturalOrder.precedes(first, second), "\(first) \(second)")
                #expect(!NaturalOrder.precedes(second, first), "\(second) \(first)")
            }
        }
    }

    @Test("what reads alike stands in one order, and nothing before itself")
    func alike() {
        #expect(NaturalOrder.key("a01") == NaturalOrder.key("A1"))
        #expect(NaturalOrder.precedes("A1", "a01"))
        #expect(!NaturalOrder.precedes("a01", "A1"))
        #expect(!NaturalOrder.precedes("a01", "a01"))
    }

    @Test(
        "plain text has the key that its letters and numbers make one by one",
        arguments: 0..<8 as Range<UInt64>)
    func plain(seed: UInt64) {
        var dice = Dice(state: seed &+ 900)
        for _ in 0..<200 {
            let count = Int.random(in: 0...40, using: &dice)
            let text = String(
                decoding: (0..<count).map { _ in UInt8.random(in: 32..<123, using: &dice) }, as: UTF8.self)
            var key: [UInt8] = []
            var digits: [UInt8] = []
            for byte in Array(text.utf8) + [0] {
                if (48...57).contains(byte) {
                    digits.append(byte)
                    continue
                }
                if !digits.isEmpty {
                    let number = digits.drop { $0 == 48 }
                    let kept = number.isEmpty ? [48] : Array(number)
                    key += [48, UInt8(kept.count)] + kept
                    digits = []
                }
                if byte > 0 { key += Array(String(decoding: [byte], as: UTF8.self).lowercased().utf8) }
            }
            #expect(NaturalOrder.key(text) == key, "\(text)")
        }
    }
}
