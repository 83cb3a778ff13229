import Foundation
import Simulator
import Synchronization

/// The simulated provider, in a process of its own: what it remembers is not the wallboard's.
enum Servers {
    private static let present = Atomic(World.usualOrigin)

    /// Runs until standard input ends, and is told there what time it is and what is wrong with which server:
    /// `at SECONDS`, `fault PLACE [FAULT]`, `listen PLACE yes|no`.
    static func run(_ plan: Plan) async throws {
        let fleet = SimulatedFleet(
            world: World(scale: plan.scale, withOddities: false), firstPort: UInt16(plan.port),
            hasSubscribers: true, bonds: .v3,
            clock: WorldClock { present.load(ordering: .relaxed) })
        try await fleet.start()
        for member in fleet.members {
            print(member.name, member.kind, member.url ?? "", member.user ?? "-", member.token)
        }
        print("ready")
        fflush(nil)
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard let order = words.first, let number = words.dropFirst().first.flatMap({ Int($0) }) else {
                continue
            }
            switch order {
            case "at": present.store(number, ordering: .relaxed)
            case "fault":
                let fault = try words.dropFirst(2).first.map { try Fault(parsing: $0) }
                fleet.members[number].server.setFaults(fault.map { [$0] } ?? [])
            case "listen":
                let server = fleet.members[number].server
                if words.last == "no" {
                    await server.stop()
                } else if server.url == nil {
                    try await server.start()
                }
            default: break
            }
        }
        await fleet.stop()
    }
}

/// The provider's process as the wallboard's holds it.
final class Provider {
    /// A server as it is reached.
    struct Server {
        var name: String
        var kind: String
        var url: String
        var user: String?
        var token: String
    }

    private let process = Process()
    private let orders = Pipe()
    private(set) var servers: [Server] = []

    /// Starts it and waits until it listens.
    init() throws {
        let answers = Pipe()
        process.executableURL = URL(filePath: "/proc/self/exe")
        process.arguments = ["serve"]
        process.standardInput = orders
        process.standardOutput = answers
        try process.run()
        var text = ""
        while !text.contains("ready\n") {
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CocoaError(.executableNotLoadable) }
            text += String(decoding: more, as: UTF8.self)
        }
        servers = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 5 else { return nil }
            return Server(
                name: words[0], kind: words[1], url: words[2], user: words[3] == "-" ? nil : words[3],
                token: words[4])
        }
    }

    /// Tells it something.
    func order(_ line: String) {
        orders.fileHandleForWriting.write(Data("\(line)\n".utf8))
    }

    /// Ends it.
    func stop() {
        try? orders.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
