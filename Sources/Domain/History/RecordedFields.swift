/// Which fields of a resource are recorded; nothing else of a row is ever stored.
public struct RecordedFields: Sendable {
    /// What the rows are.
    public let kind: ResourceKind
    /// How much of it is recorded.
    public let recording: ResourceDescriptor.Recording
    /// The places of the fields in the resource; nil for what it does not have.
    public let state: Int, severity: Int?, since: Int?, device: Int?, location: Int?, note: Int?
    /// Whether a row that is down is as bad as it gets: what is counted as a problem by itself.
    public let isCounted: Bool

    /// Nil where nothing of the resource is recorded.
    public init?(_ resource: ResourceDescriptor) {
        let isAlert = resource.kind == .alert
        let field = resource.fields.firstIndex {
            $0.type == .state && (!isAlert || $0.key == .state)
        }
        guard resource.recording != .nothing, let field else { return nil }
        kind = resource.kind
        recording = resource.recording
        state = field
        severity = resource.fields.firstIndex { $0.key == .severity && $0.type == .severity }
        since = resource.fields.firstIndex { $0.key == .since && $0.type == .time }
        device = resource.index(of: .device)
        location = resource.index(of: .location)
        // Notes are people's words to an alert; what stands at a bond or device is not about its state.
        note = isAlert ? resource.index(of: .note) : nil
        isCounted = resource.feedsCounts || resource.tally != nil
    }
}
