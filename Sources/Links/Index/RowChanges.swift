import Domain

/// Which rows of a table differ from those of the one before, in some columns.
struct RowChanges {
    private let old: Table
    private let new: Table
    /// The old row of each new one; -1 for a new entity, and empty where all stand where they stood.
    private var places: [Int32] = []
    /// The old rows whose entities are not there any more.
    private(set) var gone: [Int] = []
    private var differs: [Bool]

    init(from old: Table, to new: Table) {
        self.old = old
        self.new = new
        differs = [Bool](repeating: false, count: new.count)
        if old.refs == new.refs { return }
        var isKept = [Bool](repeating: false, count: old.count)
        places.reserveCapacity(new.count)
        for row in 0..<new.count {
            // Most rows stand where they stood, or as far from it as the one before.
            let near = row + Int(places.last.map { Int($0) - (row - 1) } ?? 0)
            let place: Int?
            if near >= 0, near < old.count, old.refs[near] == new.refs[row] {
                place = near
            } else {
                place = old.row(of: new.refs[row])
            }
            places.append(place.map { Int32(truncatingIfNeeded: $0) } ?? -1)
            if let place { isKept[place] = true }
        }
        gone = isKept.indices.filter { !isKept[$0] }
        clear()
    }

    /// Forgets what was compared; new rows stay changed.
    mutating func clear() {
        for row in differs.indices { differs[row] = !places.isEmpty && places[row] < 0 }
    }

    /// The rows that differ, in order.
    var changed: [Int] { differs.indices.filter { differs[$0] } }

    /// Whether any row differs, or is new.
    var hasAny: Bool { differs.contains(true) }

    /// Where a row was; nil for a new one.
    func oldRow(_ row: Int) -> Int? {
        if places.isEmpty { return row }
        return places[row] < 0 ? nil : Int(places[row])
    }

    /// Notes the rows whose value in a column differs.
    mutating func compare(_ column: Int) {
        let (before, after) = (old.columns[column], new.columns[column])
        switch after.storage {
        case .text: compareTexts(before, after)
        case .words: compareWords(before, after)
        case .refs: note { before.packed[$0] != after.packed[$1] }
        case .integers: note { before.integers[$0] != after.integers[$1] }
        case .numbers: note { before.numbers[$0].bitPattern != after.numbers[$1].bitPattern }
        }
    }

    private mutating func note(_ isOther: (Int, Int) -> Bool) {
        if places.isEmpty {
            for row in differs.indices where !differs[row] { differs[row] = isOther(row, row) }
        } else {
            for row in differs.indices where places[row] >= 0 && !differs[row] {
                differs[row] = isOther(Int(places[row]), row)
            }
        }
    }

    private mutating func compareTexts(_ before: Column, _ after: Column) {
        before.arena.withUnsafeBytes { old in
            after.arena.withUnsafeBytes { new in
                note { row, next in
                    let (a, b) = (Int(before.ends[row]), Int(after.ends[next]))
                    let count = Int(after.ends[next + 1]) - b
                    return Int(before.ends[row + 1]) - a != count
                        || !Self.same(old, a, new, b, count)
                }
            }
        }
    }

    private static func same(
        _ a: UnsafeRawBufferPointer, _ from: Int, _ b: UnsafeRawBufferPointer, _ start: Int, _ count: Int
    ) -> Bool {
        var place = 0
        while place + 8 <= count {
            if a.loadUnaligned(fromByteOffset: from + place, as: UInt64.self)
                != b.loadUnaligned(fromByteOffset: start + place, as: UInt64.self)
            {
                return false
            }
            place += 8
        }
        while place < count {
            if a[from + place] != b[start + place] { return false }
            place += 1
        }
        return true
    }

    /// Words are compared once for each pair of codes that follow each other.
    private mutating func compareWords(_ before: Column, _ after: Column) {
        var codes = [UInt32](repeating: .max, count: after.words.count)
        note { row, next in
            let (old, new) = (before.codes[row], Int(after.codes[next]))
            if codes[new] == old { return false }
            guard before.words[Int(old)] == after.words[new] else { return true }
            codes[new] = old
            return false
        }
    }
}
