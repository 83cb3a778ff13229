internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// Everything about a bond: its own fields at once, then what takes requests of their own.
    func bondDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard let (bond, row) = try await bondRow(entity.id) else { throw missing(entity) }
        let detail = Detail(
            entity, title: bond.name,
            sections: [summary(of: bond), Detail.Section("Fields", fields.lines(row, leaving: ["leg_list"]))])
        guard withMemory({ $0.version }) == .three else { return detail }
        return await detail.filled(with: bondParts(bond), partly)
    }

    /// That an entity is not there, in words.
    func missing(_ entity: EntityRef) -> BackendError {
        BackendError(
            .missing,
            "the server has no \(entity.kind) \(Cleaning.clean(entity.id)) any more, or none that this account may see"
        )
    }

    private func summary(of bond: WireBond) -> Detail.Section {
        withMemory { memory in
            let health = BondHealth(memory.legs(of: bond))
            var lines = [
                Detail.Line("status", .text(health.status.rawValue), .state),
                Detail.Line("legs", .text(health.words)),
            ]
            if let word = bond.word { lines.append(Detail.Line("server says", .text(word))) }
            if let current = bond.current {
                lines.append(
                    Detail.Line(
                        "aggregator",
                        .ref(entity(.aggregator, current.id), name: memory.name(ofAggregator: current)),
                        .ref(.aggregator)))
            }
            lines.append(
                Detail.Line("failed over", bond.isFailedOver.map { .flag($0) } ?? .none, .flag))
            return Detail.Section("Bond", lines)
        }
    }

    private func bondParts(_ bond: WireBond) -> [DetailPart] {
        [
            DetailPart(title: "Legs") { [self] () async throws(BackendError) in
                try await legSections(of: bond.id)
            }
        ]
    }

    /// The legs of a bond, each with its states over the last day.
    func legSections(of bond: String) async throws(BackendError) -> [Detail.Section] {
        let legs = try await readLegs(of: bond)
        let now = now
        var strips: [String: Strip] = [:]
        await withTaskGroup(of: (String, Strip?).self) { group in
            for leg in legs {
                group.addTask { [self] in
                    (leg.id, try? await history(of: leg.id, bond: bond).strip(until: now))
                }
            }
            for await (leg, strip) in group { strips[leg] = strip }
        }
        let lines = legs.map { leg in
            Detail.Line(
                leg.word.isEmpty ? "unknown" : leg.word, .ref(entity(.leg, leg.id), name: words(of: leg)),
                .ref(.leg), strip: strips[leg.id])
        }
        return lines.isEmpty ? [] : [Detail.Section("Legs", lines)]
    }

    private func words(of leg: WireLeg) -> String {
        var words = leg.title
        if let type = leg.type { words += ", \(type.title)" }
        if let mode = leg.linkMode, mode != "active" { words += ", \(mode)" }
        return words
    }
}
