import AdapterKit
import Domain
import HTTP

extension AdapterContract {
    /// Checks that nothing is called well, and nothing is counted less, where a server leaves out what decides it.
    ///
    /// Each member is left out, null, renamed, of another type, and so on, in one row of each value and in all; for an
    /// adapter that sees the server for the first time and for one that knew it when it was healthy. The tables are
    /// judged as the application judges them. Every row that was there must still be there and say the same as before, or
    /// that it does not know; else the table must be called partial, or not come at all.
    ///
    /// The server is read once and answers the same from then on, so it may be a large one.
    ///
    /// - Parameters:
    ///   - members: those of all lists; every resource that feeds counts needs one.
    ///   - awaited: members of which the adapter is known not to do so yet; one that it does by now is a fault.
    public func absence(of members: [DecidingMember], awaiting awaited: [DecidingMember] = []) async
        -> [String]
    {
        let recorded = RecordedTransport(transport)
        let healthy = adapter(over: recorded)
        var tables: [ResourceKind: Table] = [:]
        do throws(BackendError) {
            _ = try await healthy.check()
            for kind in Self.kinds(of: members + awaited) {
                let reading = try await read(kind, healthy)
                guard reading.completeness == .complete else {
                    return ["\(kind) of a healthy server are \(reading.completeness)"]
                }
                tables[kind] = reading.table
            }
        } catch {
            return ["the healthy server can't be read: \(error.words)"]
        }
        var faults: [String] = []
        for resource in healthy.resources where resource.feedsCounts && tables[resource.kind] == nil {
            faults.append("\(resource.plural) feed counts, and nothing is said to decide them")
        }
        for member in members { faults += await absence(of: member, recorded, tables) }
        for member in awaited where await absence(of: member, recorded, tables, stopsAtFirst: true).isEmpty {
            faults.append("\(member.title) is judged as it should be: it is awaited no more")
        }
        return faults
    }

    private static func kinds(of members: [DecidingMember]) -> [ResourceKind] {
        var kinds: [ResourceKind] = []
        for kind in members.flatMap(\.kinds) where !kinds.contains(kind) { kinds.append(kind) }
        return kinds
    }

    private func absence(
        of member: DecidingMember, _ recorded: RecordedTransport, _ tables: [ResourceKind: Table],
        stopsAtFirst: Bool = false
    ) async -> [String] {
        var faults: [String] = []
        for tampering in Tampering.allCases {
            for extent in Extent.allCases where faults.isEmpty || !stopsAtFirst {
                let tampered = TamperedTransport(recorded, Tamperer(member, tampering, extent))
                let changing = SwitchedTransport(recorded)
                let clock = ShiftedClock()
                let used = adapter(over: changing, by: clock)
                _ = try? await used.check()
                for kind in member.kinds { _ = try? await read(kind, used) }
                changing.follow(tampered)
                clock.advance(by: 3_600)
                let place = "\(member.title), \(tampering.rawValue) \(extent.rawValue)"
                let fresh = await judge(member, adapter(over: tampered), tables)
                // What changes nothing is no test of a server that is read again later.
                let later = tampered.count == 0 ? nil : await judge(member, used, tables, isUsed: true)
                faults += (fresh.faults.prefix(1) + (later?.faults.prefix(1) ?? [])).map { "\(place): \($0)" }
                if tampering == .omitted, extent == .all {
                    if tampered.count == 0 { faults.append("\(member.title) is nowhere") }
                    if !fresh.isFelt { faults.append("\(member.title) decides nothing") }
                }
            }
        }
        return faults
    }

    /// What is wrong with the tables of a tampered server, and whether anything in them shows that it is.
    private func judge(
        _ member: DecidingMember, _ adapter: any Adapter, _ tables: [ResourceKind: Table],
        isUsed: Bool = false
    ) async -> (faults: [String], isFelt: Bool) {
        var faults: [String] = []
        var isFelt = false
        if !isUsed, (try? await adapter.check()) == nil { isFelt = true }
        for kind in member.kinds {
            guard let before = tables[kind] else { continue }
            do throws(BackendError) {
                var reading = try await read(kind, adapter, from: isUsed ? before : nil)
                // What is only doubted after one answer goes with the second.
                if isUsed, reading.generation.doubts > 0 {
                    reading = try await read(kind, adapter, from: reading.table, after: reading.generation)
                }
                if reading.completeness != .complete {
                    isFelt = true
                    continue
                }
                let differences = Self.differences(before, reading.table)
                isFelt = isFelt || !differences.isEmpty
                let seen = isUsed ? " after a healthy answer" : ""
                faults += differences.filter { !$0.isHonest }.map { $0.words + seen }
            } catch {
                isFelt = true
            }
        }
        return (faults, isFelt)
    }

    private func read(
        _ kind: ResourceKind, _ adapter: any Adapter, from before: Table? = nil,
        after earlier: Generation? = nil
    ) async throws(BackendError) -> (table: Table, completeness: Completeness, generation: Generation) {
        guard let resource = adapter.resources.first(where: { $0.kind == kind }) else {
            throw BackendError(.unsupported, "there are no \(kind)")
        }
        let snapshot = Snapshot(from: before ?? .empty(resource, settings.id), after: earlier)
        let arrived = try await adapter.refresh(Query(kind), into: snapshot)
        let (table, completeness) = snapshot.finish(arrived)
        return (table, completeness, snapshot.generation)
    }
}

/// What a table that is called complete says otherwise than the healthy one.
private struct Difference {
    let words: String
    /// Whether it says no more than is known.
    let isHonest: Bool
}

extension AdapterContract {
    private static func differences(_ before: Table, _ after: Table) -> [Difference] {
        var found: [Difference] = []
        for row in 0..<before.count {
            let entity = before.refs[row]
            guard let place = after.row(of: entity) else {
                found.append(Difference(words: "\(entity) is gone from a complete list", isHonest: false))
                continue
            }
            found += differences(before, row, after, place)
        }
        // An alert may be raised because something is not known; nothing else comes into being by that.
        if before.resource.kind != .alert, let more = after.refs.first(where: { before.row(of: $0) == nil }) {
            found.append(Difference(words: "\(more) was no such thing before", isHonest: false))
        }
        return found
    }

    private static func differences(_ before: Table, _ row: Int, _ after: Table, _ place: Int) -> [Difference]
    {
        before.resource.fields.compactMap { field in
            guard isDeciding(field), before.value(row, field.key) != after.value(place, field.key) else {
                return nil
            }
            let value = after.value(place, field.key)
            let words = "\(field.key) of \(before.refs[row]) is \(value), was \(before.value(row, field.key))"
            return Difference(
                words: words, isHonest: isHonest(value, before.value(row, field.key), field, before))
        }
    }

    private static func isDeciding(_ field: Field) -> Bool {
        switch field.type {
        case .state, .states, .severity: true
        default: field.decides
        }
    }

    /// Whether a value claims nothing that is not known.
    private static func isHonest(_ value: Value, _ before: Value, _ field: Field, _ table: Table) -> Bool {
        guard case .text(let text) = value else { return false }
        // That nobody took an alert is what is acted on until it is known that somebody did.
        if table.resource.kind == .alert, field.key == .state, text == AlertState.open.rawValue {
            return true
        }
        if field.type == .severity { return Severity(word: text) == .unknown }
        let unknown = Urgency.rank(DeviceStatus.unknown.rawValue)
        guard field.type == .states, case .text(let old) = before else {
            return Urgency.rank(text) == unknown
        }
        let words = text.split(separator: " ")
        let olds = old.split(separator: " ")
        return words.count == olds.count
            && zip(words, olds).allSatisfy { $0 == $1 || Urgency.rank($0) == unknown }
    }
}
