internal import Domain

/// What differs between two tables of one list, in the fields that are recorded.
struct Comparison {
    /// The rows of the later table that are new, or have another value.
    var rows: [Int] = []
    /// The rows of the earlier table that the later one lacks.
    var missing: [Int] = []

    /// Compares whole columns: some milliseconds for 100,000 rows, for use off the main thread.
    init(_ earlier: Table, _ later: Table, in columns: [Int]) {
        let tests = columns.map { ColumnTest(earlier.columns[$0], later.columns[$0]) }
        if earlier.refs == later.refs {
            for row in 0..<later.count where tests.contains(where: { $0.differs(row, row) }) {
                rows.append(row)
            }
            return
        }
        for row in 0..<later.count {
            guard let old = earlier.row(of: later.refs[row]) else {
                rows.append(row)
                continue
            }
            if tests.contains(where: { $0.differs(old, row) }) { rows.append(row) }
        }
        for row in 0..<earlier.count where later.row(of: earlier.refs[row]) == nil { missing.append(row) }
    }
}

/// Compares the values of two columns; words by their codes, of which few are compared as texts.
private struct ColumnTest {
    private let earlier: Column
    private let later: Column
    /// For each code of the later column that of the same word in the earlier one.
    private let codes: [UInt32]?

    init(_ earlier: Column, _ later: Column) {
        self.earlier = earlier
        self.later = later
        guard earlier.storage == .words, later.storage == .words else {
            codes = nil
            return
        }
        var known: [String: UInt32] = [:]
        for (code, word) in earlier.words.enumerated() { known[word] = UInt32(code) }
        codes = later.words.map { known[$0] ?? .max }
    }

    func differs(_ old: Int, _ new: Int) -> Bool {
        if let codes { return codes[Int(later.codes[new])] != earlier.codes[old] }
        guard earlier.storage == later.storage else { return true }
        return earlier.withText(old) { a in
            later.withText(new) { b in !a.elementsEqual(b) }
        }
    }
}
