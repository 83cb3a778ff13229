internal import AdapterKit
internal import Domain

/// How the aggregator is that a bond ends at: without it the bond carries nothing, whatever its legs say.
enum AggregatorState: Sendable, Equatable {
    case up
    /// The account may not see it: legs are all the evidence that there is.
    case hidden
    /// The server says that it does not know.
    case unknown
    /// The server did not say what it should have said: where the bond is, or how the aggregator is.
    case untold
    /// It is down.
    ///
    /// - hasOther: whether there is another aggregator that the server may move the bond to by itself.
    case down(hasOther: Bool)
}

/// What is known of the aggregators: how they were when they were read last, and whether that can be said of now.
struct Aggregators: Sendable {
    /// As they were read last, by their number; nil until they were read.
    private(set) var nodes: [String: WireNode]?
    /// Why they could not be read the last time; nil when they could.
    private(set) var failure: BackendError?
    private var readAt = Timestamp(0)

    /// How long one that was up is taken for up while it can't be read: some intervals of a refresh.
    private static let lifetime: Int64 = 180

    /// Takes a whole list.
    mutating func take(_ list: [WireNode], at now: Timestamp) {
        nodes = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        failure = nil
        readAt = now
    }

    /// Takes that they can't be read.
    mutating func miss(_ error: BackendError) { failure = error }

    /// Whether nobody asked for them so far.
    var areUnread: Bool { nodes == nil && failure == nil }

    /// Whether the account may not see them.
    var areHidden: Bool { failure?.kind == .forbidden }

    /// What is missing where statuses are derived from them, in words; nil when nothing is.
    var gap: String? { failure.map { "whether aggregators are well is not known: \($0.words)" } }

    /// How the aggregator is that a bond ends at.
    ///
    /// - Parameter isFour: whether the server has v4 alone, which names one aggregator of a bond.
    func aggregatorState(of bond: WireBond, at now: Timestamp, isFour: Bool) -> AggregatorState {
        guard let nodes else { return areHidden ? .hidden : .untold }
        guard let current = bond.current ?? (isFour ? bond.primary : nil) else { return .untold }
        // One that others own is in no list of this account.
        guard let node = nodes[current.id] else { return .hidden }
        switch node.status {
        case .up:
            let isOld = failure != nil && now.seconds - readAt.seconds > Self.lifetime
            return isOld ? (areHidden ? .hidden : .untold) : .up
        case .unknown: return node.isTold ? .unknown : .untold
        case .down:
            // A bond that was moved already is moved no further.
            let isAtHome = bond.primary.map { $0.id == current.id } ?? true
            let other = bond.secondary.flatMap { $0.id == current.id ? nil : $0 }
            return .down(hasOther: isAtHome && other.map { nodes[$0.id]?.status != .down } ?? false)
        }
    }
}
