internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of acknowledging and unmuting. The server's "ok" proves nothing: it says so for alerts that do not
/// exist, and refuses with an error that is none of the caller's. Only the state that is read afterwards counts.
extension LibreNMSServer {
    func verifyAlerts(_ plan: Plan, answers: [StepAnswer]) async -> [Outcome] {
        let entities = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        let given = Dictionary(answers.map { ($0.entity, $0.result) }, uniquingKeysWith: { $1 })
        let reading = await readBack()
        var outcomes: [Outcome] = []
        for entity in entities {
            let answer = given[entity].map { StepVerdict($0) } ?? .lost("no answer is known")
            let evidence = await evidence(entity, reading)
            let judgement = Judgement(kind: plan.command.kind, answer: answer, evidence: evidence)
            outcomes.append(Outcome(entity, judgement.state, judgement.words))
        }
        return outcomes
    }

    private func readBack() async -> Result<OpenAlerts, BackendError> {
        do {
            let open = try await openAlerts(try await dialect(), priority: 0)
            return .success(open)
        } catch {
            return .failure(error)
        }
    }

    private func evidence(
        _ entity: EntityRef, _ reading: Result<OpenAlerts, BackendError>
    ) async -> Evidence {
        switch reading {
        case .failure(let error): return .unreadable(error.words)
        case .success(let open):
            if let alert = open[entity.id] { return .open(alert.state, lastNote: alert.lastNote.short) }
            if let error = open.error { return .unreadable(error.words) }
            switch await cleared(entity.id) {
            case .success(let alert): return alert == nil ? .gone : .cleared
            case .failure(let error): return .unreadable(error.words)
            }
        }
    }
}

/// What the server said to one step.
enum StepVerdict: Equatable {
    /// It says that it did it.
    case done
    /// 200 and "ok", and that there is no alert by that id; older releases also say so when nothing changed.
    case noSuchAlert
    /// It refused or failed, in words.
    case refused(String)
    /// It left, and no answer came.
    case lost(String)
    /// It was never sent.
    case notSent(String)

    init(_ result: Result<Response, TransportError>) {
        switch result {
        case .success(let response): self.init(response)
        case .failure(let error):
            let words = BackendError(error).words
            if case .refused = error { self = .notSent(words) } else { self = .lost(words) }
        }
    }

    private init(_ response: Response) {
        if response.status == 500 {
            // A policy of newer releases fails for every token but an administrator's.
            self = .refused(
                "the server failed (500): newer LibreNMS does so when the token is not an administrator's")
            return
        }
        do {
            let message = Verdict.message(in: try Verdict.root(of: response)) ?? ""
            self = message.lowercased().hasPrefix("no alert") ? .noSuchAlert : .done
        } catch {
            self =
                response.leavesOpen && !Verdict.isExplained(response)
                ? .lost(error.words) : .refused(error.words)
        }
    }
}

/// What was read about an alert after sending.
enum Evidence: Equatable {
    case open(AlertState, lastNote: String)
    case cleared
    case gone
    case unreadable(String)
}

/// The outcome for one alert, from what the server said and what it shows.
struct Judgement {
    let kind: CommandKind
    let answer: StepVerdict
    let evidence: Evidence

    /// What is known.
    var state: Outcome.State { verdict.0 }
    /// The same in words.
    var words: String { verdict.1 }

    private var verdict: (Outcome.State, String) {
        if case .notSent(let reason) = answer { return (.failed, "nothing was sent: \(reason)") }
        switch evidence {
        case .open(let state, let note): return open(state, note)
        case .cleared: return cleared
        case .gone:
            if case .refused(let reason) = answer { return (.failed, reason) }
            return (.failed, "the alert is gone: the server has none by that id")
        case .unreadable(let reason): return unreadable(reason)
        }
    }

    private func open(_ state: AlertState, _ note: String) -> (Outcome.State, String) {
        let wanted = kind == .acknowledge ? state == .acknowledged : state != .acknowledged
        let now = state == .acknowledged && !note.isEmpty ? "acknowledged (\(note))" : state.rawValue
        switch answer {
        case .done where wanted, .noSuchAlert where wanted: return (.verified, now)
        case .lost(let reason) where wanted:
            return (.verified, "the server shows it as \(now) (\(reason))")
        case .refused(let reason) where wanted:
            return (.failed, "\(reason); all the same it is now \(now)")
        case .done where kind == .acknowledge && state != .open:
            return (.accepted, "the server took it, but shows the alert as \(state.rawValue)")
        case .done, .noSuchAlert: return (.failed, "the server said ok, but the alert is still \(now)")
        case .refused(let reason): return (.failed, reason)
        case .lost(let reason): return (.failed, "\(reason); the alert is still \(now)")
        case .notSent(let reason): return (.failed, "nothing was sent: \(reason)")
        }
    }

    private var cleared: (Outcome.State, String) {
        switch answer {
        case .refused(let reason): (.failed, "\(reason); the alert has cleared since")
        case .lost: (.unknown, "no answer came, and the alert has cleared since")
        default: (.accepted, "the server took it; the alert has cleared since")
        }
    }

    private func unreadable(_ reason: String) -> (Outcome.State, String) {
        switch answer {
        case .done: (.accepted, "the server said ok; reading back failed: \(reason)")
        case .noSuchAlert: (.unknown, "the server knows no such alert, or it was so already; \(reason)")
        case .refused(let refusal): (.failed, refusal)
        case .lost(let loss): (.unknown, "\(loss); reading back failed: \(reason)")
        case .notSent(let words): (.failed, "nothing was sent: \(words)")
        }
    }
}
