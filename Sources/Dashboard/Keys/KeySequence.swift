internal import Canvas

/// Keys that are pressed one after another, while the last of them is still to come.
struct KeySequence: Sendable {
    /// The keys so far.
    private(set) var keys: [Key] = []
    /// Where they were pressed: a layer that comes between them starts over.
    private var contexts: [KeyContext] = []

    /// What was pressed and is bound to nothing, as far as it was said.
    private var unbound: Set<[Key]> = []

    /// Whether it is the first time that keys were pressed which are bound to nothing.
    mutating func isFirst(unbound keys: [Key]) -> Bool { unbound.insert(keys).inserted }

    /// Adds a key, and gives all of them.
    mutating func add(_ key: Key, in contexts: [KeyContext]) -> [Key] {
        if contexts != self.contexts { keys = [] }
        self.contexts = contexts
        keys.append(key)
        return keys
    }

    /// Whether keys were pressed in the same place.
    func isUnderWay(in contexts: [KeyContext]) -> Bool { !keys.isEmpty && contexts == self.contexts }

    /// Starts over.
    mutating func end() { keys = [] }
}
