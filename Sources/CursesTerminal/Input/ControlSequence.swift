/// A control sequence that came whole: `ESC [`, parameters, intermediates and a final byte (ECMA-48, 5.4).
struct ControlSequence: Hashable {
    /// One of `< = > ?` in front of the parameters: what it marks is private to terminals, and never a key.
    var marker: UInt8?
    /// The parameters with their parts behind colons; nil stands for one that was left out.
    var parameters: [[Int?]] = []
    /// Whether bytes stand between the parameters and the final byte.
    var hasIntermediates = false
    /// The byte that ends it and says what it is.
    var final: UInt8

    /// Reads what stands behind `ESC [`; nil when it is not built like a control sequence.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let final = bytes.last, (0x40...0x7E).contains(final) else { return nil }
        self.final = final
        var rest = bytes.dropLast()
        if let first = rest.first, (0x3C...0x3F).contains(first) {
            marker = first
            rest = rest.dropFirst()
        }
        let numbers = rest.prefix { (0x30...0x3B).contains($0) }
        let intermediates = rest.dropFirst(numbers.count)
        guard intermediates.allSatisfy({ (0x20...0x2F).contains($0) }) else { return nil }
        hasIntermediates = !intermediates.isEmpty
        guard !numbers.isEmpty else { return }
        parameters = numbers.split(separator: 0x3B, omittingEmptySubsequences: false).map { parameter in
            parameter.split(separator: 0x3A, omittingEmptySubsequences: false).map(Self.number)
        }
    }

    /// The first part of a parameter; nil when it was left out.
    func number(_ index: Int) -> Int? { index < parameters.count ? parameters[index].first ?? nil : nil }

    /// A part behind the first of a parameter; nil when it was left out.
    func part(_ part: Int, of index: Int) -> Int? {
        index < parameters.count && part < parameters[index].count ? parameters[index][part] : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }
}
