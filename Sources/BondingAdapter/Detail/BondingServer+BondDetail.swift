internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// How the traffic of bonds is shared out.
    static let qosProfile: ResourceKind = "qos-profile"
}

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
        let now = now
        return withMemory { memory in
            let health = memory.health(of: bond, at: now)
            var lines = [
                Detail.Line("status", .text(health.status.rawValue), .state),
                Detail.Line("legs", .text(health.words)),
            ]
            if let words = words(of: health.aggregatorState) { lines.append(Detail.Line("", .text(words))) }
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

    /// Why a bond is not what its legs make of it, or may not be; nil where nothing is to be said.
    private func words(of aggregatorState: AggregatorState) -> String? {
        switch aggregatorState {
        case .up: nil
        case .down: "the aggregator that it ends at is down"
        case .hidden: "derived from its legs alone: this account does not see its aggregator"
        case .unknown, .untold: "how the aggregator is that it ends at is not known"
        }
    }

    /// What of a bond takes requests of its own, in the order of reading.
    private func bondParts(_ bond: WireBond) -> [DetailPart] {
        let id = bond.id
        var parts = [
            DetailPart(title: "Legs") { [self] () async throws(BackendError) in try await legSections(of: id)
            }
        ]
        parts += BondPart.all.map { part in
            DetailPart(title: part.plural) { [self] () async throws(BackendError) in
                try await partSections(part, of: id)
            }
        }
        parts += [
            DetailPart(title: "Speed tests") { [self] () async throws(BackendError) in
                try await speedTestSections(of: id)
            },
            DetailPart(title: "Tunings") { [self] () async throws(BackendError) in
                try await tuningSections(Path.bondTuners, ["bond": id], prefix: id)
            },
            DetailPart(title: "Downtime prevented") { [self] () async throws(BackendError) in
                let root = try await object(Path.downtimePrevented, ["bond": id], priority: 0)
                return [Detail.Section("Downtime prevented", fields.lines(root))]
            },
        ]
        if let profile = bond.qosProfile {
            parts.append(
                DetailPart(title: "QoS profile") { [self] () async throws(BackendError) in
                    try await referredSections(
                        "QoS profile", Path.qosProfile, entity(.qosProfile, profile.id), named: "profile")
                })
        }
        if let bonder = bond.bonder {
            parts.append(
                DetailPart(title: "Bonder") { [self] () async throws(BackendError) in
                    try await referredSections(
                        "Bonder", Path.bonder, entity(.bonder, bonder.id), named: "bonder")
                })
        }
        return parts
    }

    /// What a bond refers to: a link to it, and its own fields below.
    private func referredSections(
        _ title: String, _ path: PathTemplate, _ entity: EntityRef, named noun: String
    ) async throws(BackendError) -> [Detail.Section] {
        guard let row = try await row(path, ["id": entity.id], priority: 0) else { return [] }
        let name = row.words("name") ?? "\(noun) \(entity.id)"
        let link = Detail.Line(noun, .ref(entity, name: name), .ref(entity.kind))
        return [
            Detail.Section(
                title, [link] + fields.lines(row, leaving: ["url", "id", "name", "bond", "space"]))
        ]
    }

    /// Everything about a QoS profile, and the bonds that use it.
    func qosDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard let row = try await row(Path.qosProfile, ["id": entity.id], priority: 0) else {
            throw missing(entity)
        }
        let title = row.words("name") ?? "QoS profile \(Cleaning.clean(entity.id))"
        let part = DetailPart(title: "Bonds") { [self] () async throws(BackendError) in
            try await bondSections("Used by", Path.qosBonds, entity.id)
        }
        return await Detail(
            entity, title: title, sections: [Detail.Section("QoS profile", fields.lines(row))]
        ).filled(with: [part], partly)
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
