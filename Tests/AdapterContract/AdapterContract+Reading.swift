import AdapterKit
import Domain
import HTTP

extension AdapterContract {
    /// Checks what a healthy server gives: probe, lists, details, and that nothing undeclared is asked for.
    public func reading() async -> [String] {
        let watched = WatchedTransport(transport)
        let adapter = adapter(over: watched)
        var faults: [String] = []
        do throws(BackendError) {
            faults += fault(in: try await adapter.check().product, of: "the product")
        } catch {
            return ["check fails: \(error.words)"]
        }
        for resource in adapter.ownResources { faults += await list(resource, adapter) }
        for request in watched.requests {
            let asked = ReadDeclaration(request.template, method: request.method)
            if !descriptor.reads.contains(asked) {
                faults.append("\(request.method.rawValue) \(request.template) is read and not declared")
            }
        }
        return faults
    }

    private func list(_ resource: ResourceDescriptor, _ adapter: any Adapter) async -> [String] {
        let sink = CollectingSink()
        let completeness: Completeness
        do throws(BackendError) {
            completeness = try await adapter.refresh(Query(resource.kind), into: sink)
        } catch {
            return ["\(resource.plural) can't be listed: \(error.words)"]
        }
        var faults: [String] = []
        if completeness != .complete {
            faults.append("\(resource.plural) of a healthy server are \(completeness)")
        }
        guard let table = sink.table, table.count > 0 else {
            return faults + ["there are no \(resource.plural)"]
        }
        if resource.index(of: resource.nameField) == nil {
            faults.append("\(resource.plural) are called by a field that they don't have")
        }
        if Set(table.refs).count != table.count { faults.append("\(resource.plural) come twice") }
        for row in 0..<table.count { faults += check(table, row) }
        for row in Set([0, table.count / 2, table.count - 1]) {
            faults += await detail(table.refs[row], adapter)
            faults += await log(table.refs[row], adapter)
        }
        return faults
    }

    private func check(_ table: Table, _ row: Int) -> [String] {
        let entity = table.refs[row]
        var faults: [String] = []
        if entity.backend != settings.id { faults.append("\(entity) is of another backend") }
        if entity.kind != table.resource.kind { faults.append("\(entity) is among \(table.resource.plural)") }
        if table.text(row, table.resource.nameField).isEmpty { faults.append("\(entity) has no name") }
        for column in table.resource.fields.indices {
            let text = table.text(row, column)
            let field = table.resource.fields[column]
            if text.unicodeScalars.contains(where: { Cleaning.isHostile($0) }) {
                faults.append("\(field.key) of \(entity) has hostile characters")
            }
            faults += leak(text, in: "\(field.key) of \(entity)")
            if field.type == .severity, !text.isEmpty, Severity(word: text).word != text {
                faults.append("\(field.key) of \(entity) is no severity: \(text)")
            }
        }
        return faults
    }

    private func detail(_ entity: EntityRef, _ adapter: any Adapter) async -> [String] {
        do throws(BackendError) {
            let detail = try await adapter.detail(of: entity)
            var faults = fault(in: detail.title, of: "the title of \(entity)")
            if detail.entity != entity { faults.append("the detail of \(entity) is one of \(detail.entity)") }
            let lines = detail.sections.flatMap(\.lines)
            if lines.isEmpty { faults.append("the detail of \(entity) is empty") }
            for line in lines {
                if Self.isSecret(line.name) { faults.append("\(line.name) of \(entity) is shown") }
                guard case .text(let text) = line.value else { continue }
                faults += leak(text, in: "\(line.name) of \(entity)")
                if text.unicodeScalars.contains(where: { Cleaning.isHostile($0) }) {
                    faults.append("\(line.name) of \(entity) has hostile characters")
                }
            }
            return faults
        } catch {
            return ["\(entity) has no detail: \(error.words)"]
        }
    }

    /// A log is in order, bounded, clean, and asked for only where the adapter says that there is one.
    private func log(_ entity: EntityRef, _ adapter: any Adapter) async -> [String] {
        guard adapter.loggedKinds.contains(entity.kind) else { return [] }
        do throws(BackendError) {
            guard let log = try await adapter.log(of: entity, since: Timestamp(0)) else { return [] }
            var faults: [String] = []
            if log.completeness != .complete { faults.append("the log of \(entity) is \(log.completeness)") }
            if log.entries.count > ServerLog.limit { faults.append("the log of \(entity) has no bound") }
            if log.entries.map(\.time) != log.entries.map(\.time).sorted(by: >) {
                faults.append("the log of \(entity) is not in order")
            }
            for entry in log.entries {
                for text in [entry.words, entry.type, entry.level, entry.who] {
                    faults += leak(text, in: "the log of \(entity)")
                    if text.unicodeScalars.contains(where: { Cleaning.isHostile($0) }) {
                        faults.append("the log of \(entity) has hostile characters")
                    }
                }
                if entry.words.isEmpty { faults.append("the log of \(entity) has a line without words") }
            }
            return faults
        } catch {
            return ["the log of \(entity) can't be read: \(error.words)"]
        }
    }

    /// Names under which servers of all kinds keep secrets.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "passwd", "community", "authpass", "cryptopass", "authname", "secret", "token"]
            .contains { name.contains($0) }
    }
}
