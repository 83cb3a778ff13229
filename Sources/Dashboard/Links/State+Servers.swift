import Domain
import Links

/// A row that stands for what several servers see: which of them a command is for.
extension State {
    /// The rows of other servers and its own that the row or the detail in front stands for; empty for any other.
    private var standingFor: [EntityRef] {
        guard !linking.showsApart, candidateKinds.count == 1, let entity = candidates.first,
            Self.seenTwice.contains(entity.kind), let thing = linking.network.thing(of: entity)
        else { return [] }
        return [entity] + thing.members.filter { $0 != entity && find($0) != nil }
    }

    /// The rows of several servers that a command can be begun on, the one in front first.
    func servers(for kind: CommandKind) -> [EntityRef] {
        standingFor.filter { reasonAgainst(command: kind, on: (1, [$0])) == nil }
    }

    /// The kinds of all rows that the one in front stands for.
    var kindsInFrontOfServers: Set<ResourceKind> { Set(standingFor.map(\.kind)) }

    /// Asks which server a command is for; nil where the row's own is the only one that can be meant.
    ///
    /// Where its own server can't do it, another one is offered and never taken by itself.
    mutating func askServer(for kind: CommandKind) -> [Effect]? {
        let servers = servers(for: kind)
        guard let own = candidates.first, !servers.isEmpty, servers != [own] else { return nil }
        let reason = servers.contains(own) ? nil : reasonAgainst(command: kind, on: (1, [own]))
        layers.push(ServerChoice(kind, servers, remark: reason))
        return []
    }
}
