package import Domain

/// What a store of changes does by itself within one transaction; what is to be written is decided in one place for all
/// stores.
package protocol ChangeTables {
    /// When any process read a list whole last.
    func lastWhole(_ list: HistoryList) throws(HistoryError) -> Timestamp?
    /// What was recorded last of some entities of a list.
    func known(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: KnownState]
    /// The ids of a list that were there when they were recorded last.
    func present(_ list: HistoryList) throws(HistoryError) -> [String]
    /// The last changes of some entities of a list.
    func lastChanges(_ list: HistoryList, _ ids: [String]) throws(HistoryError) -> [String: StateChange]
    /// Writes how entities are now; each of them once.
    func remember(_ rows: [CurrentRow]) throws(HistoryError)
    /// When the last of all changes was seen; until the transaction ends nobody else appends.
    func latestSeen() throws(HistoryError) -> Int64?
    /// Appends changes and gives them with their places.
    func append(_ changes: [StateChange]) throws(HistoryError) -> [StateChange]
    /// Notes when a list was read whole; another process may have read it later.
    func note(_ list: HistoryList, _ reading: WholeReading) throws(HistoryError)
    /// The number that the store got when it was begun.
    func epoch() throws(HistoryError) -> Int64
}

/// How an entity is now, as it is to be written.
package struct CurrentRow: Equatable {
    /// Whose state.
    package var list: HistoryList
    /// The server's own id.
    package var id: String
    /// How it is.
    package var known: KnownState
}
