import ArgumentParser
import CLinux
import Glibc
import Simulator

/// Runs the simulated servers alone.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated servers of --demo on their own.",
        discussion: """
            Prints a configuration for the servers and runs until interrupted. Faults: \
            \(Fault.forms.joined(separator: ", ")); a fault may end with @ and a path prefix.
            """)

    @Option(help: ArgumentHelp("The first port on 127.0.0.1 (0: any free ones).", valueName: "port"))
    var port: UInt16 = 0
    @Option(help: ArgumentHelp("The random seed.", valueName: "number")) var seed: UInt64 = 1
    @Option(help: ArgumentHelp("The number of ports.", valueName: "ports")) var scale = 3_300
    @Flag(help: "One LibreNMS of today instead of two that share the network.") var whole = false
    @Option(help: ArgumentHelp("The number of subscriber lines.", valueName: "lines")) var lines: Int?
    @Option(help: "A fault of every server; may be repeated.") var fault: [String] = []

    mutating func run() throws {
        let signals = clinux_signals_open()
        let world = World(
            seed: seed, scale: max(1, min(100_000, scale)), startingAt: WorldClock.real.now(),
            withOddities: false, extent: Extent(lines: lines.map { min($0, 100_000) }))
        // A server that no backend could be made of would only be in the way.
        let fleet = SimulatedFleet(
            world: world, firstPort: port, isWhole: whole,
            hasSubscribers: lines != nil || AdapterRegistry.descriptor("krill") != nil,
            bonds: AdapterRegistry.descriptor("bonding").map { _ in .v3 })
        var faults: [Fault] = []
        for text in fault {
            do throws(FaultError) {
                faults.append(try Fault(parsing: text))
            } catch {
                throw Failure(.usage, error.description)
            }
        }
        if let error = wait(for: { await Self.start(fleet) }) { throw Failure(.usage, error) }
        for member in fleet.members { member.server.setFaults(faults) }
        Console.print(DemoConfiguration.text(fleet))
        Console.complain("simulating until interrupted")
        var descriptor = signals
        while clinux_signals_next(signals) == 0 { _ = clinux_wait(&descriptor, 1, -1) }
        wait(for: { await fleet.stop() })
    }

    static func start(_ fleet: SimulatedFleet) async -> String? {
        do throws(SimulatorError) {
            try await fleet.start()
            return nil
        } catch {
            return error.description
        }
    }
}

/// A configuration file for simulated servers.
enum DemoConfiguration {
    static func text(_ fleet: SimulatedFleet) -> String {
        fleet.members.map { member in
            let login = member.user.map { "user = \"\($0)\"\npassword" } ?? "token"
            return """
                [[backend]]  # \(member.release)
                name = "\(member.name)"
                kind = "\(member.kind)"
                url = "\(member.url ?? "")"
                \(login) = { command = ["echo", "\(member.token)"] }
                """
        }.joined(separator: "\n\n")
    }
}
