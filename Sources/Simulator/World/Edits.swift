/// What people wrote into one list of records: over those of the world, beside them, and away from them.
struct Edits: Sendable {
    /// The fields that were written, by the record's number; a record of the world keeps its others.
    var written: [Int: [String: Input]] = [:]
    var added: Set<Int> = []
    var removed: Set<Int> = []
    /// The number of a record that was added and removed is not used again.
    private var additionCount = 0

    /// The numbers of what people add begin above all that the world has.
    private static let firstAddition = 900_000

    /// Adds a record.
    ///
    /// - Returns: its number.
    mutating func add(_ values: [String: Input]) -> Int {
        additionCount += 1
        let id = Self.firstAddition + additionCount
        added.insert(id)
        written[id] = values
        return id
    }

    mutating func write(_ values: [String: Input], to id: Int) {
        written[id, default: [:]].merge(values) { $1 }
    }

    mutating func remove(_ id: Int) {
        written[id] = nil
        if added.remove(id) == nil { removed.insert(id) }
    }

    /// The numbers of what is there, first those of the world in their order.
    func ids(_ own: some Sequence<Int>) -> [Int] { own.filter { !removed.contains($0) } + added.sorted() }
}
