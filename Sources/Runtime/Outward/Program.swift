internal import AdapterKit
internal import CLinux
internal import Dashboard

/// A program of the operator's that is started without a shell: in a session of its own, away from our terminal, or in
/// our group with the terminal.
struct Program: Sendable {
    /// The program and its arguments.
    let arguments: [String]
    /// The variables of ours that it must not see.
    let withheld: [String]
    /// Variables as `NAME=VALUE` that it sees besides.
    var variables: [String] = []
    /// What it reads; nothing without.
    var input: [UInt8]?

    /// What became of it.
    enum Ending: Sendable, Equatable {
        /// It ended with this code; 128 and a signal when one ended it.
        case ended(Int32)
        /// It still ran when the time was over.
        case running(Int32)
        /// It could not be started, in words.
        case failed(String)
    }

    /// Starts it and waits for its end, without holding up a thread.
    func run(limit seconds: Double) async -> Ending {
        let process = start()
        guard process > 0 else {
            return .failed("\(arguments.first ?? "") can't be started: \(Self.words(-process))")
        }
        let end = clinux_boot_nanoseconds() + Int64(seconds * 1e9)
        var pause = 0.01
        while true {
            var code: Int32 = 0
            if clinux_child_ended(process, &code) != 0 { return .ended(code) }
            if clinux_boot_nanoseconds() >= end { return .running(process) }
            do throws(CancellationError) {
                try await BackendSettings.sleep(pause)
            } catch {
                return .running(process)
            }
            pause = min(0.25, pause * 1.5)
        }
    }

    /// Ends a program that ran too long, with everything that it started.
    static func end(_ process: Int32) async {
        clinux_child_kill(process, 1)
        var code: Int32 = 0
        while clinux_child_ended(process, &code) == 0 {
            guard (try? await BackendSettings.sleep(0.02)) != nil else { return }
        }
    }

    /// Takes note of the end of a program that was left running; true when it has ended.
    static func hasEnded(_ process: Int32) -> Bool {
        var code: Int32 = 0
        return clinux_child_ended(process, &code) != 0
    }

    /// Where a program is started.
    enum Place: Sendable {
        /// In a session of its own; what it prints goes to a descriptor, or nowhere.
        case away(output: Int32 = Int32(clinux_null))
        /// In our process group, with the terminal: in a group of its own it would be stopped when it reads a key.
        case terminal
    }

    /// Starts it; gives its process, or an error with its sign turned.
    func start(_ place: Place = .away()) -> Int32 {
        var source = Int32(clinux_null)
        if let input {
            source = input.withUnsafeBytes { clinux_memory_file($0.baseAddress, $0.count) }
            guard source >= 0 else { return source }
        }
        defer { if source >= 0 { clinux_close(source) } }
        return CStrings.with(arguments) { arguments in
            CStrings.with(withheld) { withheld in
                CStrings.with(variables) { variables in
                    var child = clinux_child()
                    child.arguments = arguments
                    child.withheld = withheld
                    child.added = variables
                    switch place {
                    case .away(let output):
                        child.own_session = 1
                        child.input = source
                        child.output = output
                        child.error = output
                    case .terminal:
                        child.own_session = 0
                        child.input = Int32(clinux_inherit)
                        child.output = Int32(clinux_inherit)
                        // Standard error leads away from the screen while the screen is ours.
                        child.error = 1
                    }
                    return clinux_child_start(&child)
                }
            }
        }
    }

    /// What became of a program since it was looked at last.
    enum Look: Sendable, Equatable {
        case runs
        /// It was stopped and can go on.
        case stopped
        case ended(OwnEnding)
    }

    /// Looks at a program that was started; never waits.
    static func look(_ process: Int32) -> Look {
        var number: Int32 = 0
        switch clinux_child_look(process, &number) {
        case Int32(clinux_child_runs.rawValue): return .runs
        case Int32(clinux_child_stopped.rawValue): return .stopped
        case Int32(clinux_child_exited.rawValue): return .ended(.exited(number))
        case Int32(clinux_child_signalled.rawValue): return .ended(.signalled(number))
        case let error: return .ended(.notStarted(words(-error)))
        }
    }

    static func words(_ error: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        clinux_error_text(error, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// C arrays of C strings, ended by nil.
enum CStrings {
    /// The texts as such an array, for as long as the body runs.
    static func with<R>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
    ) -> R {
        let places = texts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.utf8.count + 1) }
        return texts.flatMap(\.utf8CString).withUnsafeBufferPointer { bytes in
            var pointers = places.dropLast().map { place in bytes.baseAddress.map { $0 + place } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { pointers in
                // Never empty: the last one is nil.
                withUnsafePointer(to: nil as UnsafePointer<CChar>?) { body(pointers.baseAddress ?? $0) }
            }
        }
    }
}
