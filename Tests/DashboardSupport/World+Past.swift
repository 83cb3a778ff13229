import Dashboard
import Domain

/// What was recorded of the night, one change at a time.
extension World {
    /// What the history answers to a way from now or from an earlier moment: the changes of the night, newest last.
    static func record(_ request: PastRequest, of changes: [StateChange] = night) -> PastRecord {
        let place = request.query.place.map { Int($0) } ?? changes.count
        let target: Int =
            switch request.query.step {
            case .earlier: request.query.place == nil ? changes.count : max(0, place - 1)
            case .later: place + 1
            case .moment(let time): changes.count { $0.seenAt <= time }
            }
        let isNow = target > changes.count
        let last = changes.prefix(target).last
        var time = last?.seenAt ?? Timestamp(looked.seconds - 60)
        if case .moment(let wanted) = request.query.step { time = wanted }
        var findings = PastFindings(
            place: Int64(target), time: time, changes: last.map { $0.seenAt == time ? [$0] : [] } ?? [],
            isOldest: target == 0, isNow: isNow, last: Int64(changes.count), begins: looked)
        for change in changes.prefix(target) { findings.states[change.entity] = PastState(since: change) }
        for change in changes.dropFirst(target) where findings.states[change.entity] == nil {
            findings.states[change.entity] = PastState(until: change)
        }
        for backend in ["core", "edge", "access", "bonds"] {
            for kind: ResourceKind in [.alert, .device, .port, .bond] {
                findings.read.insert(HistoryList(backend: backend, kind: kind))
            }
        }
        for table in request.tables {
            guard let fields = RecordedFields(table.resource), fields.recording == .everything else {
                continue
            }
            let list = HistoryList(backend: request.names[table.backend] ?? "", kind: fields.kind)
            var rows: [String: PastState] = [:]
            for row in 0..<table.count {
                let word = table.text(row, fields.state)
                rows[table.refs[row].id] = PastState(
                    word: fields.kind == .alert ? AlertState(word: word).rawValue : word,
                    severity: fields.severity.map { Severity(word: table.text(row, $0)) }, since: nil,
                    name: table.name(row))
            }
            findings.now[list] = rows
            findings.read.insert(list)
        }
        if isNow, let record = request.record { return record.ended(by: findings) }
        return request.record?.moved(by: findings)
            ?? PastRecord(
                findings, tables: request.tables, names: request.names, lost: request.lost)
    }
}

extension Desk {
    /// Presses keys, and has the history answer each way at once.
    @discardableResult
    mutating func travel(_ keys: String..., of changes: [StateChange] = World.night) -> [Effect] {
        var effects: [Effect] = []
        for key in keys {
            let pressed = press(key)
            effects += pressed
            for case .travel(let request) in pressed {
                effects += send(
                    .travelled(question: request.question, .success(World.record(request, of: changes))))
            }
        }
        return effects
    }
}
