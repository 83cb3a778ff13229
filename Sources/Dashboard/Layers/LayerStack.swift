internal import Canvas

/// The layers over the pane, the lowest first.
public struct LayerStack: Sendable {
    private struct Entry: Sendable {
        /// Tells apart two layers that say the same.
        let number: Int
        var layer: any Layer
    }

    private var entries: [Entry] = []
    private var pushed = 0

    init() {}

    /// Whether there is none.
    public var isEmpty: Bool { entries.isEmpty }
    /// How many there are.
    public var count: Int { entries.count }
    /// The one that has the keys.
    public var top: (any Layer)? { entries.last?.layer }
    /// All of them, the lowest first.
    public var all: [any Layer] { entries.map(\.layer) }

    /// The topmost one of a type.
    public func last<Kind: Layer>(_ kind: Kind.Type) -> Kind? {
        entries.reversed().lazy.compactMap { $0.layer as? Kind }.first
    }

    /// Whether one that says the same is among them.
    public func contains(_ layer: some Layer) -> Bool { entries.contains { $0.layer.isEqual(to: layer) } }

    /// Puts one on top.
    mutating func push(_ layer: some Layer) { insert(layer, at: entries.endIndex) }

    /// Puts one below all others: it has the keys when they are gone.
    mutating func pushBelow(_ layer: some Layer) { insert(layer, at: 0) }

    private mutating func insert(_ layer: some Layer, at place: Int) {
        pushed += 1
        entries.insert(Entry(number: pushed, layer: layer), at: place)
    }

    /// Changes every one of a type.
    mutating func update<Kind: Layer>(_ kind: Kind.Type, _ change: (inout Kind) -> Void) {
        for place in entries.indices {
            guard var layer = entries[place].layer as? Kind else { continue }
            change(&layer)
            entries[place].layer = layer
        }
    }

    /// Keeps those that a condition holds for.
    mutating func removeAll(where isUnwanted: (any Layer) -> Bool) {
        entries.removeAll { isUnwanted($0.layer) }
    }

    /// The top one with its number, to be worked on while the state is changed.
    fileprivate var working: (number: Int, layer: any Layer)? { entries.last.map { ($0.number, $0.layer) } }

    /// Puts one back that was worked on; not where it was removed meanwhile.
    fileprivate mutating func put(_ layer: any Layer, _ number: Int) {
        guard let place = entries.lastIndex(where: { $0.number == number }) else { return }
        entries[place].layer = layer
    }

    fileprivate mutating func close(_ number: Int) { entries.removeAll { $0.number == number } }
}

extension LayerStack: Equatable {
    /// By what the layers say.
    public static func == (a: LayerStack, b: LayerStack) -> Bool {
        a.count == b.count && zip(a.all, b.all).allSatisfy { $0.isEqual(to: $1) }
    }
}

extension State {
    /// Has the top layer do an action; nil where there is none, or where it does not know the action.
    mutating func runOnTop(_ action: OwnAction) -> [Effect]? {
        guard let (number, below) = layers.working else { return nil }
        var layer = below
        let answer = layer.run(action, in: &self)
        switch answer {
        case .done(let effects):
            layers.put(layer, number)
            return effects
        case .closed:
            layers.close(number)
            return []
        case .closedThen(let next):
            layers.close(number)
            return next(&self)
        case .passed: return nil
        case .closedAndPassed:
            layers.close(number)
            return nil
        }
    }

    /// Changes the text of the top layer that has the keys.
    mutating func editOnTop(_ change: (inout TextField) -> Void) -> [Effect] {
        guard let (number, below) = layers.working else { return [] }
        var layer = below
        let effects = layer.edit(change, in: &self)
        layers.put(layer, number)
        return effects
    }
}
