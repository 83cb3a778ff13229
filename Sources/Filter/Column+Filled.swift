internal import Domain

extension Column {
    /// Whether any row has a value; mostly the first row that is looked at tells.
    var holdsAnything: Bool {
        switch storage {
        case .text: !arena.isEmpty
        case .words: codes.contains { $0 != Self.noWord }
        case .refs: codes.contains { $0 != Self.noWord } || packed.contains { $0 != Self.noRef }
        case .integers: integers.contains { $0 != Self.noInteger }
        case .numbers: numbers.contains { !$0.isNaN }
        }
    }
}
