public import Domain

/// A history that can be searched and printed whole, as command lines do.
public protocol HistoryArchive: HistoryStore {
    /// Where it is, in words.
    var place: String { get }
    /// Changes in the order in which they were recorded, some at a time, those behind a place.
    func changes(after place: Int64, since: Timestamp, most: Int) throws(HistoryError) -> [StateChange]
    /// The names of an entity that was recorded, on whichever backend.
    func entities(kind: ResourceKind, id: String) throws(HistoryError) -> [EntityName]
    /// The entities whose values are recorded, by kind and id, or by the name of one or of its device; all without any.
    func sampled(
        kind: ResourceKind?, id: String?, name: String?
    ) throws(HistoryError) -> [SampledEntity]
}

extension SQLiteHistory: HistoryArchive {
    /// The file.
    public var place: String { path }
}
