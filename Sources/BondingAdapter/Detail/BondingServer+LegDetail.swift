internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// Everything about a leg: its own resource has fields that the general one lacks.
    func legDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard let bond = try await owner(of: entity) else { throw missing(entity) }
        if withMemory({ $0.version }) == .four {
            guard let leg = withMemory({ $0.bonds[bond]?.legs?.first { $0.id == entity.id } }) else {
                throw missing(entity)
            }
            return Detail(entity, title: leg.title, sections: [summary(of: leg, bond)])
        }
        guard let (leg, row) = try await legRow(entity.id, of: bond) else { throw missing(entity) }
        let detail = Detail(
            entity, title: "\(withMemory { $0.name(ofBond: bond) }) \(leg.title)",
            sections: [summary(of: leg, bond), Detail.Section("Fields", fields.lines(row))])
        return await detail.filled(with: legParts(leg), partly)
    }

    /// Reads one leg with all that the server says of it; nil for one that is not there.
    func legRow(_ id: String, of bond: String) async throws(BackendError) -> (leg: WireLeg, row: JSONValue)? {
        guard let row = try await row(Path.leg, ["bond": bond, "leg": id], priority: 0),
            let leg = WireLeg(row, bond: bond)
        else { return nil }
        let now = now
        withMemory { memory in
            memory.owners[id] = bond
            memory.legs[id] = (leg, now)
        }
        guard let type = leg.type,
            let own = try? await self.row(type.path, ["bond": bond, "leg": id], priority: 0),
            var full = WireLeg(own, bond: bond)
        else { return (leg, row) }
        full.complete(from: leg)
        let taken = full
        withMemory { $0.legs[id] = (taken, now) }
        return (full, own)
    }

    private func summary(of leg: WireLeg, _ bond: String) -> Detail.Section {
        let name = withMemory { $0.name(ofBond: bond) }
        var lines = [
            Detail.Line("state", .text(leg.state.sign), .state),
            Detail.Line("server says", .text(leg.word.isEmpty ? "nothing" : leg.word)),
            Detail.Line("bond", .ref(entity(.bond, bond), name: name), .ref(.bond)),
        ]
        if let type = leg.type { lines.append(Detail.Line("type", .text(type.title))) }
        if let mode = leg.linkMode { lines.append(Detail.Line("link mode", .text(mode))) }
        return Detail.Section("Leg", lines)
    }

    private func legParts(_ leg: WireLeg) -> [DetailPart] {
        [
            DetailPart(title: "State history") { [self] () async throws(BackendError) in
                try await historySections(of: leg)
            },
            DetailPart(title: "Tunings") { [self] () async throws(BackendError) in
                try await tuningSections(
                    Path.legTuners, ["bond": leg.bond, "leg": leg.id], prefix: "\(leg.bond)/\(leg.id)")
            },
        ]
    }

    /// The states of the last day, the latest first.
    private func historySections(of leg: WireLeg) async throws(BackendError) -> [Detail.Section] {
        let history = try await history(of: leg.id, bond: leg.bond)
        guard !history.spans.isEmpty else { return [] }
        let strip = Detail.Line(
            "24 h", .text("\(history.spans.count) states"), .text, strip: history.strip(until: now))
        let lines = history.spans.reversed().prefix(50).map { span in
            Detail.Line(span.word, .time(span.start), .time)
        }
        return [Detail.Section("State history", [strip] + lines)]
    }
}
