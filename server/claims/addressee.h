// To whom a claim was addressed.
//
//   “We won,” Reed told reporters.        // reporters
//   Reed was told that they had won.      // Reed
//   Reed urged | the council to act.      // the council, though in the content
//   He spoke to growers, saying ...       // growers

#ifndef QUOTH_SERVER_CLAIMS_ADDRESSEE_H_
#define QUOTH_SERVER_CLAIMS_ADDRESSEE_H_

#include <optional>

#include "server/claims/scene.h"

namespace quoth {

std::optional<SceneRange> FindAddressee(const Scene& scene);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_ADDRESSEE_H_
