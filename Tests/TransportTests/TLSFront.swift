import Foundation
import RawServer
import Testing

/// TLS before a scripted server, by socat, with certificates made by openssl for this run alone.
final class TLSFront: Sendable {
    /// Whether the programs are there; `make setup` installs what is missing.
    static let isPossible = Program.path(of: "socat") != nil && Program.path(of: "openssl") != nil

    /// Where the front listens.
    let url: String
    private let program: Program

    /// Starts a front that shows a certificate.
    ///
    /// - Parameter clients: The certificate that clients must show; nil asks for none.
    init(_ certificate: Certificate, before server: RawServer, clients: Certificate? = nil) throws {
        let verify = clients.map { "verify=1,cafile=\($0.file)" } ?? "verify=0"
        // The time limit is for a test run that is killed and leaves it behind.
        program = try Program(
            try #require(Program.path(of: "timeout")),
            [
                "120", try #require(Program.path(of: "socat")), "-d", "-d",
                "OPENSSL-LISTEN:0,bind=127.0.0.1,cert=\(certificate.file),key=\(certificate.key),\(verify),fork",
                "TCP:127.0.0.1:\(server.port)",
            ])
        let said = program.read { $0.contains(#/listening on AF=2 127\.0\.0\.1:\d+\s/#) }
        guard let port = said.firstMatch(of: #/listening on AF=2 127\.0\.0\.1:(\d+)\s/#)?.1 else {
            throw Failed(words: said)
        }
        url = "https://127.0.0.1:\(port)"
    }
}

/// A self-signed certificate in a folder of its own that goes when nobody holds it.
final class Certificate: Sendable {
    let file: String
    let key: String
    private let folder: String

    /// Makes one for a name, such as `IP:127.0.0.1` or `DNS:nms.example.net`.
    init(for name: String, isExpired: Bool = false) throws {
        folder = NSTemporaryDirectory() + "/nocturne-tls-" + UUID().uuidString
        file = folder + "/certificate.pem"
        key = folder + "/key.pem"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings = """
            [req]
            distinguished_name = name
            prompt = no
            x509_extensions = extensions
            [name]
            CN = nocturne test
            [extensions]
            basicConstraints = CA:TRUE
            subjectAltName = \(name)
            [ca]
            default_ca = authority
            [authority]
            database = \(folder)/index
            serial = \(folder)/serial
            new_certs_dir = \(folder)
            default_md = sha256
            policy = anything
            x509_extensions = extensions
            [anything]
            commonName = supplied

            """
        try settings.write(toFile: folder + "/settings", atomically: true, encoding: .utf8)
        try "".write(toFile: folder + "/index", atomically: true, encoding: .utf8)
        try "01\n".write(toFile: folder + "/serial", atomically: true, encoding: .utf8)
        let fresh = [
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
            "-config",
            folder + "/settings",
        ]
        guard isExpired else {
            try Self.openssl(fresh + ["-x509", "-days", "2", "-out", file])
            return
        }
        try Self.openssl(fresh + ["-new", "-out", folder + "/request.pem"])
        try Self.openssl([
            "ca", "-batch", "-selfsign", "-notext", "-config", folder + "/settings", "-keyfile", key, "-in",
            folder + "/request.pem", "-out", file, "-startdate", "20200101000000Z", "-enddate",
            "20200102000000Z",
        ])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The pin of its key, as curl wants it.
    func pin() throws -> String {
        let der = folder + "/key.der"
        try Self.openssl(["pkey", "-in", key, "-pubout", "-outform", "DER", "-out", der])
        try Self.openssl(["dgst", "-sha256", "-binary", "-out", der + ".hash", der])
        return "sha256//" + (try Data(contentsOf: URL(fileURLWithPath: der + ".hash"))).base64EncodedString()
    }

    private static func openssl(_ arguments: [String]) throws {
        try Program.run(try #require(Program.path(of: "openssl")), arguments)
    }
}
