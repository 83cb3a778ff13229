internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// Reads the versions of the management server and the updates that wait for its nodes.
    func refreshSystem(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        guard try await version() == .three else {
            throw BackendError(.unsupported, "what API v4 says of the system is not known here")
        }
        let versions = try await object(Path.versions)
        guard let number = Self.version(in: versions) else {
            throw BackendError(.invalid, "the answer names no version: check url")
        }
        var gap: String?
        var updates: ConfigUpdates?
        // Older servers have no such counts; one that had them has them still.
        var status = DeviceStatus.unmonitored.rawValue
        do throws(BackendError) {
            updates = try await configUpdates(fresh: true)
            status = updates?.isFailing.map { $0 ? "warning" : "up" } ?? ""
        } catch {
            if error.kind == .cancelled { throw error }
            if error.kind != .missing || withMemory({ $0.updates != nil }) {
                status = ""
                gap = "configuration updates can't be read: \(error.words)"
            }
        }
        var builder = TableBuilder(.system, backend)
        let resource = ResourceDescriptor.system
        builder.begin(entity(.system, "system"))
        builder.set(resource.place(of: .status), text: status)
        builder.set(resource.place(of: .name), text: "\(settings.name) management")
        builder.set(resource.place(of: "type"), text: "system")
        builder.set(resource.place(of: "version"), text: number)
        builder.set(resource.place(of: .note), text: updates?.words ?? "")
        sink.add(builder.finish(), covering: .everything)
        return gap.map { .partial($0) } ?? .complete
    }

    /// The version of the management server among those of its parts.
    static func version(in root: JSONValue) -> String? {
        let named = root.words("bondingadmin", "management_server", "version", "bonding")
        let any = root.object?.lazy.compactMap { $0.value.text }.first { $0.first?.isNumber == true }
        return (named ?? any).map { String(Cleaning.clean($0).prefix(40)) }
    }

    /// Everything that the management server tells of itself, part by part.
    func systemDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard entity.id == "system" else { throw missing(entity) }
        let versions = try await object(Path.versions, priority: 0)
        let detail = Detail(
            entity, title: "\(settings.name) management",
            sections: [Detail.Section("Versions", fields.lines(versions))])
        let objects: [(String, PathTemplate)] = [
            ("Configuration updates", Path.configUpdates), ("TLS certificate", Path.tlsInfo),
            ("Aggregator failover checks", Path.failoverChecks),
            ("Downtime prevented, all bonds", Path.systemDowntime),
            ("Version in the repository", Path.bondingVersion), ("Tasks", Path.tasks),
        ]
        let lists: [(String, PathTemplate)] = [
            ("Backups", Path.backups), ("Versions in the repository", Path.repositories), ("ISOs", Path.isos),
        ]
        let parts =
            objects.map { title, path in
                DetailPart(title: title) { [self] () async throws(BackendError) in
                    let root = try Verdict.root(of: try await read(path, priority: 0))
                    return [section(title, root)].filter { !$0.lines.isEmpty }
                }
            }
            + lists.map { title, path in
                DetailPart(title: title) { [self] () async throws(BackendError) in
                    let root = try Verdict.root(of: try await read(path, priority: 0))
                    // What is a list by its name may come as an object with lists inside.
                    guard root.array != nil || root["results"] != nil else {
                        return [section(title, root)].filter { !$0.lines.isEmpty }
                    }
                    let lines = try await list(path, priority: 0).rows.prefix(60).map { itemLine($0) }
                    return lines.isEmpty ? [] : [Detail.Section(title, lines)]
                }
            }
        return await detail.filled(with: parts, partly)
    }

    private func section(_ title: String, _ root: JSONValue) -> Detail.Section {
        if root.object != nil { return Detail.Section(title, fields.lines(root)) }
        return Detail.Section(title, (root.array?.map { $0 } ?? []).prefix(60).map { itemLine($0) })
    }

    /// One thing of a list in one line: its name, and the rest beside it.
    func itemLine(_ row: JSONValue) -> Detail.Line {
        if row.object == nil { return Detail.Line("", FieldManners.bonding.plain(row)) }
        let name = row.words("name", "version", "title", "file", "filename") ?? ""
        let lines = fields.lines(row, leaving: ["name", "title", "file", "filename", "url"])
        let words = lines.compactMap { line -> String? in
            if name == row.words("version"), line.name == "version" { return nil }
            let text = Quantity.text(line.value, line.type, now: now)
            if text.isEmpty { return nil }
            return line.type == .time ? "\(line.name) \(text) ago" : "\(line.name) \(text)"
        }
        return Detail.Line(name, .text(words.joined(separator: ", ")))
    }
}

// MARK: Tasks

extension BondingServer {
    func isoPlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard target.id == "system" else {
                plan.excluded.append(gone(target))
                continue
            }
            try await demand(.post, Path.createISOs, [:], owner: Path.spaces)
            let listing = try? await list(Path.isos, priority: 0)
            let newest = listing?.rows.compactMap { $0.words("created", "modified", "date") }.max()
            plan.add(
                target, name: "\(settings.name) management",
                state: newest.map { "the newest ISO is of \($0)" } ?? "the date of the ISOs is not known",
                request: .bare(.post, Path.createISOs, [:]))
            plan.summary.append("Queue the making of new provisioning ISOs at \(settings.name).")
        }
        plan.shorten()
        return plan
    }

    /// The server's answer means that the task is queued; when it is done it does not say.
    func isoEvidence(_ target: EntityRef) -> Evidence {
        .unseen(
            target.id == "system"
                ? "at best it is queued, not done yet: the date of the ISOs in the system's detail tells when"
                : "the server has no such system")
    }
}
