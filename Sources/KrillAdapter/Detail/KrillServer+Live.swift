internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    var liveKinds: [ResourceKind: String] {
        guard withMemory({ $0.version }) != .v1 else { return [:] }
        let words = "polls the OLT for this line: takes some seconds"
        return [.cpe: words, .onu: words, .pon: "polls the OLT for this PON: takes some seconds"]
    }

    func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section] {
        if entity.kind == .pon { return try await livePON(entity, reporting: reporting) }
        guard entity.kind == .cpe || entity.kind == .onu else {
            throw BackendError(.unsupported, "Krill can't ask a \(entity.kind) itself")
        }
        let info = try await liveInfo(entity.id, reporting: reporting).get()
        withMemory { memory in
            for metric in info.row["services"]?["txrx"]?["perfdatas"]?.array?.map({ $0 }) ?? [] {
                memory.limits.take(metric["thresholds"], of: metric["metric"]?.text ?? "")
            }
        }
        return LiveSections.all(info, limits: withMemory { $0.limits })
    }

    /// Asks the OLT of a line, one question at a time to each.
    func liveInfo(
        _ id: String, reporting: @Sendable (String) -> Void
    ) async -> Result<LineInfo, BackendError> {
        let (olt, name) = withMemory { memory in
            let cpe = Int64(id).flatMap { memory.cpes[$0] }
            let olt = cpe.flatMap { memory.watch.hosts[$0.host]?.registration.host }
            return (olt ?? "", cpe?.name ?? "CPE \(Cleaning.clean(id))")
        }
        return await asking(olt, about: name, reporting: reporting) { [self] () async throws(BackendError) in
            guard let row = try await objectIfThere(Path.info, ["id": id]) else {
                throw BackendError(.missing, "the server has no live info of this CPE")
            }
            return LineInfo(row)
        }
    }

    /// Puts one question to an OLT when nobody else asks it anything.
    private func asking<Answer: Sendable>(
        _ olt: String, about name: String, reporting: @Sendable (String) -> Void,
        _ question: @Sendable () async throws(BackendError) -> Answer
    ) async -> Result<Answer, BackendError> {
        let mutex = withMemory { memory in
            let mutex = memory.olts[olt] ?? AsyncMutex()
            memory.olts[olt] = mutex
            return mutex
        }
        let words = "asking \(olt.isEmpty ? "the OLT" : olt) about \(name)"
        reporting("\(words): waiting for its turn")
        do throws(BackendError) {
            return .success(
                try await mutex.alone { () async throws(BackendError) in
                    reporting(words)
                    return try await question()
                })
        } catch {
            return .failure(error)
        }
    }

    /// What the OLT says of all ONUs of a PON.
    private func livePON(
        _ entity: EntityRef, reporting: @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section] {
        guard let place = PONPlace(entity.id) else {
            throw BackendError(.unsupported, "the name of this PON does not say where it is")
        }
        let rows = try await asking(place.olt, about: entity.id, reporting: reporting) {
            [self] () async throws(BackendError) in
            let response = try await read(Path.onuStatus, place.parameters, priority: 0)
            let root = try Verdict.root(of: response)
            guard let rows = root.array ?? root["results"]?.array else {
                throw BackendError(.invalid, "the answer has no list of ONUs")
            }
            return rows
        }.get()
        let limits = withMemory { $0.limits }
        return [Detail.Section("Live: ONUs", rows.map { LiveSections.onu($0, limits) })]
    }
}

/// Where a PON is, by its tag: `OLT02-0/3/9`.
struct PONPlace: Sendable, Equatable {
    let olt: String
    let parameters: [String: String]

    init?(_ tag: String) {
        guard let dash = tag.lastIndex(of: "-") else { return nil }
        let steps = tag[tag.index(after: dash)...].split(separator: "/").map(String.init)
        guard steps.count == 3, dash > tag.startIndex else { return nil }
        olt = String(tag[..<dash])
        parameters = ["olt": olt, "frame": steps[0], "slot": steps[1], "port": steps[2]]
    }
}
