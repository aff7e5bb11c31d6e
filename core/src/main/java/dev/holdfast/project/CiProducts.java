package dev.holdfast.project;

import java.util.List;

/** By which variables each CI product says what it runs. */
final class CiProducts {
    /** The more telling ones first: nearly all set {@code CI}, and one may start another. */
    static final List<Product> ALL = List.of(
            new Product(
                    "github_actions",
                    "GITHUB_ACTIONS",
                    new Says(
                            "{GITHUB_RUN_ID}",
                            "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}",
                            "{GITHUB_HEAD_REF} or {GITHUB_REF}",
                            "{GITHUB_SHA}")),
            new Product(
                    "gitlab_ci",
                    "GITLAB_CI",
                    new Says(
                            "{CI_JOB_ID}",
                            "{CI_JOB_URL}",
                            "{CI_COMMIT_BRANCH} or {CI_MERGE_REQUEST_SOURCE_BRANCH_NAME}",
                            "{CI_COMMIT_SHA}")),
            new Product(
                    "circleci",
                    "CIRCLECI",
                    new Says("{CIRCLE_BUILD_NUM}", "{CIRCLE_BUILD_URL}", "{CIRCLE_BRANCH}", "{CIRCLE_SHA1}")),
            new Product(
                    "buildkite",
                    "BUILDKITE",
                    new Says(
                            "{BUILDKITE_BUILD_NUMBER}",
                            "{BUILDKITE_BUILD_URL}",
                            "{BUILDKITE_BRANCH}",
                            "{BUILDKITE_COMMIT}")),
            new Product(
                    "azure_pipelines",
                    "TF_BUILD",
                    new Says(
                            "{BUILD_BUILDID}",
                            "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}",
                            "{SYSTEM_PULLREQUEST_SOURCEBRANCH} or {BUILD_SOURCEBRANCH}",
                            "{BUILD_SOURCEVERSION}")),
            new Product(
                    "bitbucket_pipelines",
                    "BITBUCKET_BUILD_NUMBER",
                    new Says(
                            "{BITBUCKET_BUILD_NUMBER}",
                            "https://bitbucket.org/{BITBUCKET_REPO_FULL_NAME}/pipelines/results/{BITBUCKET_BUILD_NUMBER}",
                            "{BITBUCKET_BRANCH}",
                            "{BITBUCKET_COMMIT}")),
            new Product(
                    "travis_ci",
                    "TRAVIS",
                    new Says(
                            "{TRAVIS_BUILD_ID}",
                            "{TRAVIS_BUILD_WEB_URL}",
                            "{TRAVIS_PULL_REQUEST_BRANCH} or {TRAVIS_BRANCH}",
                            "{TRAVIS_COMMIT}")),
            new Product(
                    "drone",
                    "DRONE",
                    new Says(
                            "{DRONE_BUILD_NUMBER}",
                            "{DRONE_BUILD_LINK}",
                            "{DRONE_SOURCE_BRANCH} or {DRONE_BRANCH}",
                            "{DRONE_COMMIT_SHA} or {DRONE_COMMIT}")),
            new Product(
                    "aws_codebuild",
                    "CODEBUILD_BUILD_ID",
                    new Says(
                            "{CODEBUILD_BUILD_ID}",
                            "{CODEBUILD_PUBLIC_BUILD_URL}",
                            "{CODEBUILD_WEBHOOK_HEAD_REF}",
                            "{CODEBUILD_RESOLVED_SOURCE_VERSION}")),
            new Product(
                    "teamcity",
                    "TEAMCITY_VERSION",
                    new Says("{BUILD_NUMBER}", "{BUILD_URL}", "", "{BUILD_VCS_NUMBER}")),
            new Product(
                    "jenkins",
                    "JENKINS_URL",
                    new Says(
                            "{BUILD_TAG} or {BUILD_NUMBER}",
                            "{BUILD_URL}",
                            "{CHANGE_BRANCH} or {BRANCH_NAME} or {GIT_BRANCH}",
                            "{GIT_COMMIT}")),
            new Product("unknown", "CI", new Says("", "", "", "")));

    /** Variables that hold a tag, which some products also give as the branch. */
    static final List<String> TAGS = List.of("TRAVIS_TAG", "BUILDKITE_TAG", "DRONE_TAG");

    /**
     * One product.
     *
     * @param mark the variable that is set where it runs
     */
    record Product(String name, String mark, Says says) {}

    /** Templates with names of variables in braces; of those with {@code or} between, the first whose variables are all set. */
    record Says(String run, String url, String branch, String commit) {}

    private CiProducts() {}
}
