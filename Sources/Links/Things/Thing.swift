public import Domain

/// Something of the network as several servers see it.
public struct Thing: Sendable, Hashable {
    /// The entities that are it, at most one of each backend, in the order of the backends; at least two.
    public let members: [EntityRef]

    /// The member that stands for all of them.
    public var first: EntityRef { members[0] }
    /// The others.
    public var rest: ArraySlice<EntityRef> { members.dropFirst() }

    init(_ members: [EntityRef]) { self.members = members.sorted { $0.packed < $1.packed } }
}
