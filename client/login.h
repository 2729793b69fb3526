// How the client gets in: TLS and a token, from flags and the environment.
//
//   absl::StatusOr<Login> login = ReadLogin("quoth.example:443", flags);
//   Caller caller(Connect(address, login->tls), {.token = login->token});
//
// A token never stands on a command line, where every user of the machine can
// read it, and never travels in plain text to another machine.

#ifndef QUOTH_CLIENT_LOGIN_H_
#define QUOTH_CLIENT_LOGIN_H_

#include <string>

#include "absl/status/statusor.h"

namespace quoth::client {

// As given; files by their names.
struct LoginFlags {
  bool tls = false;  // Any of the next four means TLS too.
  std::string ca = "";
  std::string cert = "";
  std::string key = "";
  std::string server_name = "";
  std::string token_file = "";
  // Of QUOTH_TOKEN; used if there is no token_file.
  std::string token = "";
};

// What a channel needs, in PEM.
struct TlsOptions {
  bool tls = false;
  // Who may sign the server's certificate; "": whom the system trusts.
  std::string ca = "";
  // The client's own certificate, where the server wants one, and its key.
  std::string cert = "";
  std::string key = "";
  // Expected of the server; "": that of the address.
  std::string server_name = "";
};

struct Login {
  TlsOptions tls;
  std::string token = "";  // "": none.
};

// InvalidArgument, naming the flag, if a file cannot be read, flags do not go
// together, or the token would travel in plain text. Never repeats a token.
absl::StatusOr<Login> ReadLogin(const std::string& address,
                                const LoginFlags& flags);

// Whether the address is of this machine: loopback, or a socket.
bool IsLocal(const std::string& address);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_LOGIN_H_
