internal import AdapterKit
internal import Audit
internal import CLinux
internal import Dashboard
internal import Domain
internal import Synchronization

/// Programs of the operator's for rows: written down before they start and when they ended.
extension EffectRunner {
    /// Seconds for which one without a result counts as running: nobody ends a session for us.
    private static let longestRun = 7.0 * 86_400
    /// How often what one prints is looked for, in seconds.
    private static let pause = 0.1

    /// Writes down that a program is about to run.
    func record(_ run: OwnRun) -> Event {
        let preview = PlanPreview(
            summary: [], targets: [PlanPreview.Target(run.entity, name: run.name, words: "")],
            requests: [PlanPreview.Request(entity: run.entity, method: "RUN", url: run.line, body: nil)],
            tier: .harmless)
        var intent = AuditIntent(
            backend: connection(run.entity.backend)?.settings.name ?? "",
            command: Command(.own(run.title), [run.entity]), preview: preview, form: [],
            limit: Self.longestRun)
        intent.server = connection(run.entity.backend)?.server ?? ""
        do throws(AuditError) {
            return .ownRecorded(run, record: try executor.audit.begin(intent).record)
        } catch {
            return .ownEnded(run, .notStarted("the audit log can't be written: \(error.words)"), remark: nil)
        }
    }

    /// Writes down how a program ended.
    func conclude(_ run: OwnRun, _ record: String, _ ending: OwnEnding) -> Event {
        let state: Outcome.State =
            switch ending {
            case .exited(0): .accepted
            case .exited, .signalled: .failed
            case .notStarted: .skipped
            }
        var remark: String?
        // Where the log may be missing, so is what this would belong to.
        if !record.hasPrefix("unrecorded-"),
            let error = executor.audit.conclude(record, [Outcome(run.entity, state, ending.words)])
        {
            remark = "the result is not in the audit log: \(error.words)"
        }
        return .ownEnded(run, ending, remark: remark)
    }

    /// Runs a program away from the terminal until it ends, and posts what it prints where that is wanted.
    func perform(_ run: OwnRun, _ record: String) async -> Event {
        let program = Program(arguments: run.arguments, withheld: integrations.withheld)
        var ends: [Int32] = [Int32(clinux_null), Int32(clinux_null)]
        if run.manner == .captured {
            let error = clinux_pipe_open(&ends)
            guard error >= 0 else { return conclude(run, record, .notStarted(Program.words(-error))) }
        }
        let process = program.start(.away(output: ends[1]))
        if ends[1] >= 0 { clinux_close(ends[1]) }
        defer { if ends[0] >= 0 { clinux_close(ends[0]) } }
        guard process > 0 else { return conclude(run, record, .notStarted(program.reason(process))) }
        owned.withLock { $0[run.number] = process }
        var output = CapturedText()
        while true {
            // Looked at before it is read: what it printed last is not missed. Under the lock: its number may be
            // somebody else's as soon as its end is known.
            let look = owned.withLock { owned in
                let look = Program.look(process)
                if case .ended = look { owned[run.number] = nil }
                return look
            }
            if Self.read(ends[0], into: &output) { inbox.post(.ownPrinted(run.number, output)) }
            if case .ended(let ending) = look {
                return conclude(run, record, ending)
            }
            try? await BackendSettings.sleep(Self.pause)
        }
    }

    /// Ends a program that runs away from the terminal, with everything that it started.
    func end(own number: Int) {
        owned.withLock { owned in
            if let process = owned[number] { clinux_child_kill(process, 1) }
        }
    }

    /// Reads what is there; false where nothing is.
    private static func read(_ source: Int32, into output: inout CapturedText) -> Bool {
        guard source >= 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var isNew = false
        // A program that never stops printing must not keep its reader from looking whether it has to end.
        for _ in 0..<64 {
            let count = clinux_read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            output.take(buffer.prefix(Int(count)))
            isNew = true
        }
        return isNew
    }
}

extension Program {
    /// Why it could not be started, by the negative error that came in place of its process.
    func reason(_ error: Int32) -> String {
        let name = arguments.first ?? ""
        return error == -2 ? "\(name) is not installed, or not in PATH" : "\(name): \(Self.words(-error))"
    }
}
