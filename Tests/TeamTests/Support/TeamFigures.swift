import Domain
import Foundation
import RealServer
import Simulator
import Testing

@testable import Team

/// What a number of screens costs servers and database: requests a minute, lag, processor time.
struct TeamFigures {
    /// Short, and long enough that sixty processes on two cores keep to them; the usual ones would take half an hour to see.
    static let intervals = ["alert": 10, "device": 15, "port": 20, "rule": 20, "bill": 20, "group": 20]

    /// Numbers of screens and servers to measure, as `50x1 10x20`; nil measures none.
    static let wanted = ProcessInfo.processInfo.environment["TEAM_FIGURES"]

    var requestsPerMinute = 0.0
    /// How often each path was asked for.
    var asked: [String: Int] = [:]
    /// Seconds that the latest screen was behind who fetched.
    var lag = 0.0
    /// Screens that had lost the database meanwhile.
    var rejoined = 0
    /// Shares of a core.
    var database = 0.0
    var screens = 0.0
    var seconds = 0.0

    /// Measures for so many seconds.
    init(
        _ screens: Screens, _ servers: [SimulatedServer], _ postgres: Postgres?, seconds: Int
    ) async throws {
        for server in servers { server.forgetArrivals() }
        let began = ContinuousClock.now
        let (cost, database) = (screens.cost.seconds, postgres.map(Self.cost) ?? 0)
        while ContinuousClock.now < began + .seconds(seconds) {
            await screens.drawn()
            if let words = screens.ended { throw Ended(words: words) }
        }
        let took = ContinuousClock.now - began
        self.seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        let requests = servers.reduce(0) { $0 + $1.counts().values.reduce(0, +) }
        for arrival in servers.flatMap({ $0.arrivals() }) { asked[arrival.target, default: 0] += 1 }
        requestsPerMinute = Double(requests) * 60 / self.seconds / Double(servers.count)
        self.database = ((postgres.map(Self.cost) ?? 0) - database) / self.seconds
        self.screens = (screens.cost.seconds - cost) / self.seconds
        if let postgres {
            let admin = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres")))
            let joined = try admin.status().screens
            lag = joined.map(\.lag).max() ?? 0
            rejoined = joined.count { ($0.joined ?? .infinity) < self.seconds }
        }
    }

    /// Seconds of processor time of the database and of all that serve its connections.
    private static func cost(_ postgres: Postgres) -> Double {
        guard let process = postgres.process else { return 0 }
        return ([process] + ProcessFigures.children(process)).reduce(0) { $0 + ProcessFigures.seconds($1) }
    }

    struct Ended: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }
}
