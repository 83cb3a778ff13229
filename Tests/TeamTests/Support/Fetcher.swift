import Foundation
import Simulator

/// Another process of the team, which is killed.
final class Fetcher: @unchecked Sendable {  // started and killed by one owner
    private let process = Process()

    /// One that delivers a log.
    init(delivering log: String, from state: String, to url: String) throws {
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(
            path: "TeamFetcher")
        process.arguments = ["deliver", url, log, state]
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    init(_ url: String, _ server: SimulatedServer, _ token: String) throws {
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(
            path: "TeamFetcher")
        process.arguments = [url, server.url ?? "", token]
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
