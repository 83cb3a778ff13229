import Glibc

/// The simulated servers, as a process of their own: what they cost is not nocturne's.
final class Servers {
    /// The configuration of the first of them alone.
    let configuration: String
    private let process: pid_t

    init(_ nocturne: String, ports: Int) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw KeysFault.noServer }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var arguments: [UnsafeMutablePointer<CChar>?] = [
            strdup(nocturne), strdup("simulate"), strdup("--whole"), strdup("--scale"), strdup("\(ports)"),
            nil,
        ]
        defer { for text in arguments { free(text) } }
        var process = pid_t()
        guard posix_spawn(&process, nocturne, &actions, nil, &arguments, environ) == 0 else {
            throw KeysFault.notStarted(nocturne)
        }
        self.process = process
        close(ends[1])
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // The second backend begins where the first has been said.
        while text.components(of: "[[backend]]") < 2 {
            let count = read(ends[0], &buffer, buffer.count)
            guard count > 0 else { throw KeysFault.noServer }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        configuration = "[[backend]]" + text.pieces(of: "[[backend]]")[1]
    }

    func end() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}

extension String {
    fileprivate func components(of word: String) -> Int { pieces(of: word).count - 1 }

    fileprivate func pieces(of word: String) -> [String] {
        var pieces = [""]
        for line in split(separator: "\n") {
            if line.hasPrefix(word) {
                pieces.append(line.dropFirst(word.count) + "\n")
            } else {
                pieces[pieces.count - 1] += line + "\n"
            }
        }
        return pieces
    }
}
