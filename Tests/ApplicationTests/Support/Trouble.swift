import Simulator

@testable import nocturne

/// What can be wrong with a server while the application runs.
enum Trouble: String, CaseIterable, Sendable {
    case hangs, refuses, login, page, brokenJSON, truncated, fails, tooMany

    /// What the screen has to say of it.
    var words: String {
        switch self {
        case .hangs: "no answer within"
        case .refuses: "no connection to"
        case .login: "does not accept the token"
        case .page: "login page"
        case .brokenJSON: "JSON"
        case .truncated: "before the answer was complete"
        case .fails: "the server failed (500)"
        case .tooMany: "asks to wait (429)"
        }
    }

    /// What the header calls it after a while.
    var word: String {
        switch self {
        case .login, .page: "refused"
        default: "stale"
        }
    }

    /// How long it may take until the server is asked again once it is well.
    var rest: Int { word == "refused" ? 601 : 361 }

    func begin(at server: SimulatedServer) async {
        switch self {
        case .hangs: server.setFaults([Fault(.hang)])
        case .refuses: await server.stop()
        case .login: server.setFaults([Fault(.refusedToken)])
        case .page: server.setFaults([Fault(.html)])
        case .brokenJSON: server.setFaults([Fault(.badJSON)])
        case .truncated: server.setFaults([Fault(.truncated)])
        case .fails: server.setFaults([Fault(.status(500))])
        case .tooMany: server.setFaults([Fault(.tooMany(retryAfter: 30))])
        }
    }
}
