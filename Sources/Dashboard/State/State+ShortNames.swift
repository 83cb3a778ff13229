import Domain
import Filter

extension State {
    /// Finds the domain that most devices share, after devices arrived.
    ///
    /// Of more devices than are arranged at once names stay whole: nothing on the main thread walks so many rows.
    ///
    /// - Returns: whether names are shown differently from now on.
    mutating func findShortNames() -> Bool {
        guard shortensNames else { return false }
        let tables = backends.compactMap { $0.tables[.device] }
        let count = tables.reduce(0) { $0 + $1.count }
        let names =
            count > Self.arrangeAtOnce
            ? nil : ShortNames(tables.map { table in (0..<table.count).map(table.name) })
        guard names != shortNames else { return false }
        setShortNames(names)
        return true
    }
}
